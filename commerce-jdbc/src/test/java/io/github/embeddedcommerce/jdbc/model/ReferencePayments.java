package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.REFUND_NOT_FOUND;

import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Placed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The payments from outside of the reference, and their refunds. */
final class ReferencePayments {
    static final String METHOD = "card";

    private final ReferenceShop shop;
    final TreeMap<Long, Paying> all = new TreeMap<>();
    final List<Refund> refunds = new ArrayList<>();

    ReferencePayments(ReferenceShop shop) {
        this.shop = shop;
    }

    /** What is asked for when a payment begins. */
    record Request(
            @Nullable Long amount,
            long part,
            @Nullable Long coupon,
            @Nullable String reference,
            @Nullable Duration heldFor) {}

    /** A payment. */
    static final class Paying {
        final long id;
        final Placed order;
        final long amount;
        final Instant begunAt;
        final Instant heldUntil;
        String state = "BEGUN";

        @Nullable
        String reference;

        @Nullable
        Instant decidedAt;

        long part;
        long refunded;
        String note = "";

        Paying(long id, Placed order, long amount, Instant begunAt, Instant heldUntil) {
            this.id = id;
            this.order = order;
            this.amount = amount;
            this.begunAt = begunAt;
            this.heldUntil = heldUntil;
        }

        boolean is(String wanted) {
            return state.equals(wanted);
        }

        String told() {
            return Told.of(id, order.id, order.user, METHOD, amount, state, reference, begunAt, heldUntil, decidedAt)
                    + "|" + Told.of(part, refunded, note);
        }
    }

    /** A refund of a payment. */
    static final class Refund {
        final Paying payment;
        final long amount;
        final Instant begunAt;

        @Nullable
        String reference;

        String failure = "";

        @Nullable
        Instant settledAt;

        Refund(Paying payment, long amount, Instant begunAt) {
            this.payment = payment;
            this.amount = amount;
            this.begunAt = begunAt;
        }

        String told() {
            String state = settledAt == null ? "DUE" : "SETTLED";
            return Told.of(payment.id, payment.order.id, METHOD, amount, state, reference, failure, begunAt, settledAt);
        }
    }

    String begin(long id, String user, long orderId, Request request) {
        Placed order = shop.orders.payable(user, orderId);
        long discount = shop.orders.discount(order, request.coupon());
        long due = order.due() + order.discount - discount;
        long amount = request.amount() == null ? due - request.part() : request.amount();
        Refused.when(amount < 1 || amount + request.part() > due, PAYMENT_EXCEEDS_DUE);
        Refused.when(isTaken(request.reference(), null), PAYMENT_MISMATCH);
        if (request.part() > 0) {
            shop.users.refuseBeyond(shop.users.known(user), -request.part());
        }
        shop.orders.fix(order, discount, request.coupon());
        shop.orders.takeFromBalance(order, request.part());
        order.underWay += amount;
        Duration hold = request.heldFor() == null || request.heldFor().compareTo(ReferenceShop.PAYMENT_HOLD) > 0
                ? ReferenceShop.PAYMENT_HOLD
                : request.heldFor();
        Instant last = order.payBy.plus(ReferenceShop.PAYMENT_HOLD);
        Instant wanted = shop.now.plus(hold);
        Paying begun = new Paying(id, order, amount, shop.now, wanted.isAfter(last) ? last : wanted);
        begun.part = request.part();
        begun.reference = request.reference();
        order.expiresAt = latest(order.expiresAt, begun.heldUntil);
        all.put(id, begun);
        return begun.told();
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private boolean isTaken(@Nullable String reference, @Nullable Paying by) {
        return reference != null
                && all.values().stream().anyMatch(other -> other != by && reference.equals(other.reference));
    }

    String settle(long id, String reference, long amount) {
        Paying payment = known(id);
        Refused.when(amount != payment.amount, PAYMENT_MISMATCH);
        refuseReference(payment, reference);
        if (!payment.is("BEGUN") && !payment.is("FAILED")) {
            return payment.told();
        }
        Placed order = payment.order;
        boolean isOpen = order.is("PENDING") && !order.isOverdue(shop.now);
        boolean settles = isOpen && (payment.is("BEGUN") || amount <= order.due());
        if (payment.is("BEGUN") && order.is("PENDING")) {
            order.underWay -= amount;
        }
        payment.state = settles ? "SETTLED" : "UNAPPLIED";
        payment.reference = reference;
        payment.decidedAt = shop.now;
        payment.note = "";
        if (!settles) {
            shop.events.append(order, "PAYMENT_UNAPPLIED", id);
            return payment.told();
        }
        order.fromOutside += amount;
        if (order.due() == 0 && order.underWay == 0) {
            shop.orders.sell(order);
        }
        return payment.told();
    }

    String fail(long id, @Nullable String reference) {
        Paying payment = known(id);
        if (reference != null) {
            refuseReference(payment, reference);
        }
        if (!payment.is("BEGUN")) {
            return payment.told();
        }
        Placed order = payment.order;
        if (order.is("PENDING")) {
            order.underWay -= payment.amount;
            shop.orders.giveBack(order, payment.part);
            payment.part = 0;
        }
        payment.state = "FAILED";
        payment.reference = reference == null ? payment.reference : reference;
        payment.decidedAt = shop.now;
        payment.note = "declined";
        if (order.is("PENDING")) {
            order.expiresAt = order.payBy;
            all.values().stream()
                    .filter(other -> other.order == order && (other.is("BEGUN") || other.is("SETTLED")))
                    .forEach(other -> order.expiresAt = latest(order.expiresAt, other.heldUntil));
            if (all.values().stream()
                    .noneMatch(other -> other.order == order && (other.is("BEGUN") || other.is("SETTLED")))) {
                shop.orders.release(order);
            }
        }
        return payment.told();
    }

    private void refuseReference(Paying payment, String reference) {
        Refused.when(payment.reference != null && !payment.reference.equals(reference), PAYMENT_MISMATCH);
        Refused.when(payment.reference == null && isTaken(reference, payment), PAYMENT_MISMATCH);
    }

    String close(long id) {
        Paying payment = known(id);
        if (payment.is("CLOSED")) {
            return payment.told();
        }
        Refused.when(!payment.is("UNAPPLIED") || payment.refunded > 0, INVALID_PAYMENT_STATE);
        payment.state = "CLOSED";
        payment.decidedAt = shop.now;
        payment.note = "by hand";
        return payment.told();
    }

    String refund(long id) {
        Paying payment = known(id);
        boolean isUnapplied = payment.is("UNAPPLIED") || payment.is("CLOSED");
        if (isUnapplied && payment.refunded > 0) {
            return ofPayment(payment).get(0).told();
        }
        Refused.when(!payment.is("UNAPPLIED"), INVALID_PAYMENT_STATE);
        return refund(payment, payment.amount).told();
    }

    private Refund refund(Paying payment, long amount) {
        Refund refund = new Refund(payment, amount, shop.now);
        payment.refunded += amount;
        refunds.add(refund);
        shop.events.append(payment.order, "REFUND_DUE", 0);
        return refund;
    }

    /** The order is closed: what has come for it goes back. */
    void refundAll(Placed order) {
        refund(order, refundable(order));
    }

    /** What has come for this order and has not gone back. */
    long refundable(Placed order) {
        return settled(order).stream()
                .mapToLong(payment -> payment.amount - payment.refunded)
                .sum();
    }

    /** So much of what has come for this order goes back, first to where the latest came from. */
    void refund(Placed order, long amount) {
        long left = amount;
        for (Paying payment : settled(order)) {
            long part = Math.min(left, payment.amount - payment.refunded);
            if (part > 0) {
                refund(payment, part);
            }
            left -= part;
        }
    }

    /** The latest first. */
    private List<Paying> settled(Placed order) {
        return all.descendingMap().values().stream()
                .filter(payment -> payment.order == order && payment.is("SETTLED"))
                .toList();
    }

    /** The refunds of this payment, the first first. */
    List<Refund> ofPayment(Paying payment) {
        return refunds.stream().filter(refund -> refund.payment == payment).toList();
    }

    String settleRefund(@Nullable Refund asked, String reference) {
        Refund refund = Refused.unless(asked, REFUND_NOT_FOUND);
        if (refund.settledAt != null) {
            Refused.when(!reference.equals(refund.reference), PAYMENT_MISMATCH);
            return refund.told();
        }
        Refused.when(refunds.stream().anyMatch(other -> reference.equals(other.reference)), PAYMENT_MISMATCH);
        refund.reference = reference;
        refund.settledAt = shop.now;
        Paying payment = refund.payment;
        if (payment.is("UNAPPLIED")) {
            payment.state = "CLOSED";
            payment.decidedAt = shop.now;
            payment.note = "refund";
        }
        return refund.told();
    }

    String failRefund(@Nullable Refund asked) {
        Refund refund = Refused.unless(asked, REFUND_NOT_FOUND);
        if (refund.settledAt == null) {
            refund.failure = "card closed";
        }
        return refund.told();
    }

    /** The latest begun first. */
    List<String> list(@Nullable String user, @Nullable String state) {
        return all.descendingMap().values().stream()
                .filter(payment ->
                        (user == null || payment.order.user.equals(user)) && (state == null || payment.is(state)))
                .map(Paying::told)
                .toList();
    }

    private Paying known(long id) {
        return Refused.unless(all.get(id), PAYMENT_NOT_FOUND);
    }

    void write(Map<String, Collection<String>> books) {
        books.put("""
                select id, order_id, user_id, method, amount, state, reference, begun_at, held_until, decided_at,
                  balance_part, refunded, case when note like 'refund %' then 'refund' else note end
                from <commerce>payments order by id
                """, all.values().stream().map(Paying::told).toList());
        books.put(
                """
                select payment_id, order_id, method, amount, state, reference, failure, begun_at, settled_at
                from <commerce>refunds order by payment_id, id
                """,
                refunds.stream()
                        .sorted(Comparator.comparing(refund -> refund.payment.id))
                        .map(Refund::told)
                        .toList());
    }
}
