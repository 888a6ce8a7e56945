package io.github.embeddedcommerce.examples.storefront.card;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Payment by card. The shop begins a payment, sends the customer to the provider, and believes what the provider's
 * signed webhook tells, and nobody else. The provider is never called within a transaction.
 */
public final class CardRoutes {
    private static final String METHOD = "card";
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final int LATEST_SECONDS = 3_600;

    private final CommerceFacade shop;
    private final CardProvider provider;

    /** The routes of this shop and of the provider that it has. */
    public CardRoutes(CommerceFacade shop, CardProvider provider) {
        this.shop = shop;
        this.provider = provider;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/api/orders/{orderId}/card-payments", this::begin),
                Route.get("/api/orders/{orderId}/payments", this::list),
                Route.post("/webhooks/card", this::told),
                Route.get("/provider/sessions/{sessionId}", this::session),
                Route.begin("/provider/sessions/{sessionId}", this::answer));
    }

    /** @param sessionId what the provider calls it, for its page */
    record Begun(long paymentId, long orderId, long amount, long sessionId) {}

    record Shown(
            long paymentId,
            String method,
            long amount,
            String state,
            String begunAt,
            @Nullable String decidedAt) {
        static Shown of(Payment payment) {
            Instant decidedAt = payment.progress().times().decidedAt();
            return new Shown(
                    payment.id().value(),
                    payment.method(),
                    Won.in(payment.amount()),
                    payment.state().name(),
                    payment.progress().times().begunAt().toString(),
                    decidedAt == null ? null : decidedAt.toString());
        }
    }

    record Payments(List<Shown> payments) {}

    record Told(long paymentId, String state) {}

    private Begun begin(Call call) {
        Body body = call.body("userId", "userCouponId");
        OptionalLong coupon = body.optionalId("userCouponId");
        BeginPayment request = BeginPayment.by(Call.user(body.id("userId")), order(call), METHOD);
        if (coupon.isPresent()) {
            request = request.withCoupon(new UserCouponId(coupon.getAsLong()));
        }
        Payment payment = shop.payments().begin(call.key().map(request::withKey).orElse(request));
        CardProvider.Session session = provider.open(payment.id().value(), Won.in(payment.amount()));
        return new Begun(payment.id().value(), payment.order().value(), Won.in(payment.amount()), session.sessionId());
    }

    private Payments list(Call call) {
        OrderId order = order(call);
        long user = call.query("userId").id("userId").orElseThrow(() -> Refusals.of("userId", "is missing"));
        return shop.inTransaction(inOne -> {
            inOne.orders().get(Call.user(user), order);
            return new Payments(inOne.payments()
                    .list(PaymentQuery.all().ofOrder(order), PageRequest.first(PageRequest.DEFAULT_SIZE))
                    .map(Shown::of)
                    .items());
        });
    }

    /** Told once or many times, in any order and at once: the library comes to one outcome. */
    private Told told(Call call) {
        Body body = call.body("paymentId", "reference", "amount", "outcome", "signature");
        CardNotice notice = new CardNotice(
                body.id("paymentId"),
                body.text("reference"),
                body.wholeNumber("amount"),
                body.constant("outcome", CardNotice.Outcome.class));
        if (!notice.isSigned(body.text("signature"), provider.secret())) {
            throw Refusals.of("signature", "is not the card provider's");
        }
        PaymentId id = new PaymentId(notice.paymentId());
        Payment payment = switch (notice.outcome()) {
            case SUCCEEDED -> shop.payments().settle(SettlePayment.of(id, notice.reference(), Won.of(notice.amount())));
            case DECLINED ->
                shop.payments()
                        .fail(FailPayment.of(id)
                                .withReference(notice.reference())
                                .withReason("declined"));
        };
        return new Told(payment.id().value(), payment.state().name());
    }

    private CardProvider.Session session(Call call) {
        call.query();
        return provider.get(call.id("sessionId"));
    }

    private CardProvider.Session answer(Call call) {
        Body body = call.body("answer", "afterSeconds");
        CardProvider.Answer answer = body.constant("answer", CardProvider.Answer.class);
        long seconds = body.optionalWholeNumber("afterSeconds").orElse(LATE.toSeconds());
        if (seconds < 0 || seconds > LATEST_SECONDS) {
            throw Refusals.of("afterSeconds", "must be from 0 to " + LATEST_SECONDS + ", it is " + seconds);
        }
        return provider.answer(call.id("sessionId"), answer, Duration.ofSeconds(seconds));
    }

    /** Has the provider carry out what is to be refunded, and writes down that it has. */
    public void refund() {
        Page<Refund> due = shop.payments().listRefunds(RefundState.DUE, PageRequest.first(PageRequest.MAX_SIZE));
        for (Refund refund : due.items()) {
            String reference = provider.refund(refund.id().value());
            shop.payments().settleRefund(refund.id(), reference);
        }
    }

    private static OrderId order(Call call) {
        return new OrderId(call.id("orderId"));
    }
}
