package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What customers, providers and the back office do with payments from outside. */
final class PaymentSteps {
    private static final long UNKNOWN_REFUND = 999_999_999_999L;
    private static final int RIGHT = 0;
    private static final int OTHER_AMOUNT = 1;
    private static final int SAME_REFERENCE = 2;

    private PaymentSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(8, "begin to pay", begins(), PaymentSteps::begin),
                Step.of(9, "settle", reports(), PaymentSteps::settle),
                Step.of(3, "fail", reports(), PaymentSteps::fail),
                Step.of(2, "refund what is unapplied", Step.picks(), PaymentSteps::refund),
                Step.of(1, "close what is unapplied", Step.picks(), PaymentSteps::close),
                Step.of(3, "settle a refund", reports(), PaymentSteps::settleRefund),
                Step.of(1, "fail a refund", reports(), PaymentSteps::failRefund),
                Step.of(1, "list payments", lists(), PaymentSteps::list));
    }

    /** An order to pay, and how: how much from outside, 0 for all that is due, and from the balance. */
    record Begin(OrderSteps.Paying paying, long amount, long part, int reference, int minutes) {
        ReferencePayments.Request request(@Nullable Long coupon) {
            return new ReferencePayments.Request(
                    amount == 0 ? null : amount,
                    part,
                    coupon,
                    reference == 0 ? null : "ref-" + reference,
                    minutes == 0 ? null : Duration.ofMinutes(minutes));
        }
    }

    /** What is said of which payment, and how right that is. */
    record Report(int payment, int how) {}

    private record Listing(int user, @Nullable PaymentState state, int size) {}

    static Arbitrary<Begin> begins() {
        return Combinators.combine(
                        OrderSteps.payments(),
                        Step.mostly(Arbitraries.of(0L, 0L, 50L, 0L, 100L), Arbitraries.of(1L, 1_000_000L)),
                        Step.mostly(Arbitraries.of(0L, 0L, 30L, 100L), Arbitraries.of(5_000L)),
                        Arbitraries.of(0, 0, 0, 1, 2),
                        Arbitraries.of(0, 0, 1, 60))
                .as(Begin::new);
    }

    static Arbitrary<Report> reports() {
        return Combinators.combine(
                        Step.picks(),
                        Step.mostly(Arbitraries.just(RIGHT), Arbitraries.of(OTHER_AMOUNT, SAME_REFERENCE)))
                .as(Report::new);
    }

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(
                        Step.users(), Arbitraries.of(PaymentState.class).injectNull(0.3), Step.pageSizes())
                .as(Listing::new);
    }

    static void begin(World world, Begin begin) {
        long order = OrderSteps.open(world, begin.paying(), "PENDING");
        UserId user = OrderSteps.user(world, begin.paying(), order);
        ReferencePayments.Request request = begin.request(OrderSteps.coupon(world, begin.paying(), user));
        world.compare(
                user + " begins to pay order " + order + ": " + request,
                () -> world.shop.payments().begin(asked(user, order, request)),
                Answers::of,
                payment -> world.expected.payments.begin(id(world, payment), user.value(), order, request));
    }

    /** The same under a key. */
    static String begin(
            World world, @Nullable Payment begun, UserId user, long order, ReferencePayments.Request request) {
        return world.expected.payments.begin(id(world, begun), user.value(), order, request);
    }

    static BeginPayment asked(UserId user, long order, ReferencePayments.Request request) {
        BeginPayment asked = BeginPayment.by(user, new OrderId(order), ReferencePayments.METHOD);
        if (request.amount() != null) {
            asked = asked.withAmount(ProductSteps.won(request.amount()));
        }
        if (request.part() > 0) {
            asked = asked.withBalance(ProductSteps.won(request.part()));
        }
        if (request.coupon() != null) {
            asked = asked.withCoupon(new UserCouponId(request.coupon()));
        }
        if (request.reference() != null) {
            asked = asked.withReference(request.reference());
        }
        return request.heldFor() == null ? asked : asked.heldFor(request.heldFor());
    }

    private static long id(World world, @Nullable Payment payment) {
        return payment == null ? 0 : World.given(payment.id().value(), world.expected.payments.all);
    }

    /** Mostly one that is under way or failed. */
    private static long pick(World world, Report report) {
        return World.pick(
                report.payment(),
                world.expected.payments.all,
                payment ->
                        report.payment() > 2 || payment.is("BEGUN") || (report.payment() == 1 && payment.is("FAILED")));
    }

    static void settle(World world, Report report) {
        long id = pick(world, report);
        ReferencePayments.Paying payment = world.expected.payments.all.get(id);
        long amount = payment == null ? 1 : payment.amount + (report.how() == OTHER_AMOUNT ? 1 : 0);
        String reference = reference(payment, report, id);
        world.compare(
                "settle payment " + id + " of " + amount + " under " + reference,
                () -> world.shop
                        .payments()
                        .settle(SettlePayment.of(new PaymentId(id), reference, ProductSteps.won(amount))),
                Answers::of,
                () -> world.expected.payments.settle(id, reference, amount));
    }

    private static String reference(ReferencePayments.@Nullable Paying payment, Report report, long id) {
        if (report.how() == SAME_REFERENCE) {
            return "ref-1";
        }
        return payment == null || payment.reference == null ? "own-" + id : payment.reference;
    }

    static void fail(World world, Report report) {
        long id = pick(world, report);
        String reference = report.how() == SAME_REFERENCE ? "ref-1" : null;
        FailPayment failure = FailPayment.of(new PaymentId(id)).withReason("declined");
        world.compare(
                "fail payment " + id + " under " + reference,
                () -> world.shop.payments().fail(reference == null ? failure : failure.withReference(reference)),
                Answers::of,
                () -> world.expected.payments.fail(id, reference));
    }

    private static void refund(World world, int choice) {
        long id = World.pick(choice, world.expected.payments.all, payment -> payment.is("UNAPPLIED"));
        world.compare(
                "refund payment " + id,
                () -> world.shop.payments().refund(new PaymentId(id)),
                Answers::of,
                () -> world.expected.payments.refund(id));
    }

    private static void close(World world, int choice) {
        long id = World.pick(choice, world.expected.payments.all, payment -> payment.is("UNAPPLIED"));
        world.compare(
                "close payment " + id,
                () -> world.shop.payments().close(new PaymentId(id), "by hand"),
                Answers::of,
                () -> world.expected.payments.close(id));
    }

    /** The latest for 0, and so on in a circle; null if there is none. */
    private static ReferencePayments.@Nullable Refund refundAt(World world, Report report) {
        List<ReferencePayments.Refund> all = world.expected.payments.refunds;
        return all.isEmpty() || report.payment() == World.UNKNOWN
                ? null
                : all.get(all.size() - 1 - report.payment() % all.size());
    }

    /** The id of a refund is asked for: the shop begins most of them by itself. */
    private static RefundId id(World world, ReferencePayments.@Nullable Refund refund) {
        if (refund == null) {
            return new RefundId(UNKNOWN_REFUND);
        }
        List<RefundId> ofPayment = world
                .shop
                .payments()
                .listRefunds(new OrderId(refund.payment.order.id), PageRequest.first(1_000))
                .items()
                .stream()
                .filter(real -> real.payment().value() == refund.payment.id)
                .map(Refund::id)
                .sorted(Comparator.naturalOrder())
                .toList();
        return ofPayment.get(world.expected.payments.ofPayment(refund.payment).indexOf(refund));
    }

    private static void settleRefund(World world, Report report) {
        ReferencePayments.Refund refund = refundAt(world, report);
        RefundId id = id(world, refund);
        String reference = report.how() == RIGHT ? "refund-" + id : "refund";
        world.compare(
                "settle refund " + id + " under " + reference,
                () -> world.shop.payments().settleRefund(id, reference),
                Answers::of,
                () -> world.expected.payments.settleRefund(refund, reference));
    }

    private static void failRefund(World world, Report report) {
        ReferencePayments.Refund refund = refundAt(world, report);
        RefundId id = id(world, refund);
        world.compare(
                "fail refund " + id,
                () -> world.shop.payments().failRefund(id, "card closed"),
                Answers::of,
                () -> world.expected.payments.failRefund(refund));
    }

    private static void list(World world, Listing listing) {
        UserId user = World.user(listing.user());
        PaymentState state = listing.state();
        PaymentQuery ofUser = PaymentQuery.all().ofUser(user);
        world.compare(
                "list payments " + listing,
                () -> Answers.pages(
                        listing.size(),
                        page -> world.shop.payments().list(state == null ? ofUser : ofUser.inState(state), page),
                        Answers::of),
                pages -> pages,
                () -> Told.pages(
                        world.expected.payments.list(user.value(), state == null ? null : state.name()),
                        listing.size()));
    }

    /** A request under this key. */
    static BeginPayment underKey(UserId user, long order, ReferencePayments.Request request, IdempotencyKey key) {
        return asked(user, order, request).withKey(key);
    }
}
