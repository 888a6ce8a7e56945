package io.github.embeddedcommerce.usecase;

import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.PaymentDraft;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Begins payments from outside: the order keeps room for the amount and is held, the part from the balance is taken,
 * and the first payment of an order fixes its coupon and discount.
 */
public final class BeginPayments implements UseCase<BeginPayment, Payment> {
    private final UseCaseContext context;

    public BeginPayments(UseCaseContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "payments.begin";
    }

    @Override
    public Set<RowKey> contended(BeginPayment request) {
        return RowKey.with(request.key(), request.user(), RowKey.of(LockOrder.ORDER, request.order()));
    }

    /** What a transaction has locked and read. */
    private record Locked(LockedOrders orders, LockedBalances balances, UserCoupons coupons) {}

    /** What was decided on a request: the payment that is to begin, or the one that has begun before. */
    private record Decision(
            @Nullable PaymentDraft draft, @Nullable Payment earlier) {}

    @Override
    public List<Answer<Payment>> perform(List<BeginPayment> requests, Stores stores) {
        IdempotentCalls<BeginPayment> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        Map<PaymentId, Payment> earlier = earlier(calls.earlierIds(PaymentId::new), stores);
        Locked locked = lock(calls.fresh(), stores);
        Instant now = context.now();

        List<Answer<Decision>> decisions = calls.decide(
                request -> Answer.of(() -> new Decision(begin(request, locked, now, stores), null)),
                (request, result) -> new Decision(null, begunBefore(request, result, earlier)));

        List<Answer<Payment>> answers = insert(decisions, stores);
        locked.balances.write(stores);
        locked.orders.write(stores);
        locked.coupons.write(stores);
        calls.store(answers, BeginPayments::result, stores);
        return answers;
    }

    private static Map<PaymentId, Payment> earlier(Set<PaymentId> ids, Stores stores) {
        return ids.isEmpty()
                ? Map.of()
                : stores.payments().find(ids).stream().collect(toMap(Payment::id, Function.identity()));
    }

    /** Owners are locked only where something of theirs changes: the balance, or a coupon. */
    private static Locked lock(List<BeginPayment> requests, Stores stores) {
        var orders = requests.stream().map(BeginPayment::order).collect(toSet());
        var users = requests.stream()
                .filter(request ->
                        request.terms().balance() != null || request.terms().coupon() != null)
                .map(BeginPayment::user)
                .collect(toSet());
        var coupons = requests.stream()
                .map(request -> request.terms().coupon())
                .filter(Objects::nonNull)
                .collect(toSet());
        return new Locked(
                LockedOrders.lock(orders, stores),
                LockedBalances.lock(users, stores),
                UserCoupons.read(coupons, stores));
    }

    private PaymentDraft begin(BeginPayment request, Locked locked, Instant now, Stores stores) {
        BeginPayment.Terms terms = request.terms();
        Order order = locked.orders.require(request.order(), request.user());
        order.requirePayable(now);
        Instant begunAt = OrderTransitions.timeOfNext(order, now);
        Discount discount = locked.coupons.discountOn(order, terms.coupon(), begunAt);
        Money zero = Money.zero(order.total().getCurrencyUnit());
        Money part = terms.balance() == null ? zero : terms.balance();
        Money due = order.due().plus(order.discount().amount()).minus(discount.amount());
        Money amount = terms.amount() == null ? due.minus(part) : terms.amount();
        if (!amount.isPositive() || amount.plus(part).isGreaterThan(due)) {
            throw exceeds(order, amount.plus(part), due);
        }
        requireFree(request, stores);
        Instant heldUntil = heldUntil(order, terms.heldFor(), begunAt);
        if (part.isPositive()) {
            locked.orders.changeBalance(order.id(), part.negated(), locked.balances, begunAt);
        }
        locked.coupons.useFor(order, discount, begunAt);
        locked.orders.put(OrderTransitions.begun(order, discount, part, amount, heldUntil));
        PaymentProgress.Times times = new PaymentProgress.Times(begunAt, heldUntil, null);
        PaymentProgress begun = new PaymentProgress(PaymentState.BEGUN, terms.reference(), times, part, zero, "");
        return new PaymentDraft(order.id(), order.user(), request.method(), amount, begun);
    }

    private static CommerceException exceeds(Order order, Money asked, Money due) {
        return new CommerceException(
                PAYMENT_EXCEEDS_DUE,
                "order " + order.id() + " has " + due + " left that is neither paid nor under way, and cannot take "
                        + asked + ": begin a payment over what is left, and pay nothing with orders().pay",
                Map.of("order", order.id().value(), "asked", asked.toString(), "available", due.toString()));
    }

    /** A reference names one payment of its method. */
    private static void requireFree(BeginPayment request, Stores stores) {
        String reference = request.terms().reference();
        if (reference != null) {
            stores.payments().find(request.method(), reference).ifPresent(other -> {
                throw other.referenceTaken(reference);
            });
        }
    }

    /** Counted from the time to pay, so that beginning again and again cannot hold an order for ever. */
    private Instant heldUntil(Order order, @Nullable Duration asked, Instant begunAt) {
        Duration longest = context.settings().paymentHold();
        Instant wanted = begunAt.plus(asked == null || asked.compareTo(longest) > 0 ? longest : asked);
        Instant last = order.payBy().plus(longest);
        return TimeOrder.notBefore(begunAt, wanted.isBefore(last) ? wanted : last);
    }

    private static List<Answer<Payment>> insert(List<Answer<Decision>> decisions, Stores stores) {
        List<PaymentDraft> drafts = new ArrayList<>();
        for (Answer<Decision> decision : decisions) {
            if (decision instanceof Answer.Accepted<Decision> accepted && accepted.value().draft != null) {
                drafts.add(accepted.value().draft);
            }
        }
        List<PaymentId> ids = drafts.isEmpty() ? List.of() : stores.payments().insert(drafts);
        List<Answer<Payment>> answers = new ArrayList<>();
        int[] next = {0};
        decisions.forEach(decision -> answers.add(decision.map(decided -> decided.draft == null
                ? Objects.requireNonNull(decided.earlier)
                : decided.draft.withId(ids.get(next[0]++)))));
        return answers;
    }

    private @Nullable IdempotentCall call(BeginPayment request) {
        IdempotencyKey key = request.key();
        BeginPayment.Terms terms = request.terms();
        return key == null
                ? null
                : IdempotentCall.of(
                        request.user(),
                        key,
                        name(),
                        request.order(),
                        request.method(),
                        orNothing(terms.amount()),
                        orNothing(terms.balance()),
                        orNothing(terms.coupon()),
                        orNothing(terms.reference()),
                        orNothing(terms.heldFor()));
    }

    private static Object orNothing(@Nullable Object value) {
        return value == null ? "" : value;
    }

    private static StoredResult result(Payment begun) {
        long part = begun.progress().balancePart().getAmountMinorLong();
        return new StoredResult(
                begun.id().value(), List.of(part), begun.progress().times().begunAt());
    }

    /** The payment as it was when it began, whatever has become of it since. */
    private Payment begunBefore(BeginPayment request, StoredResult result, Map<PaymentId, Payment> earlier) {
        Payment payment = Objects.requireNonNull(earlier.get(new PaymentId(result.id())));
        Money part =
                Money.ofMinor(context.settings().currency(), result.values().get(0));
        return PaymentTransitions.asBegun(payment, request.terms().reference() != null, part);
    }
}
