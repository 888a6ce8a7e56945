package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payments from outside: those that no order could take, and what is to be given back. */
public final class PaymentDeskRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public PaymentDeskRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/admin/payments", this::list),
                Route.post("/admin/payments/{paymentId}/refund", this::refund),
                Route.post("/admin/payments/{paymentId}/closing", this::close),
                Route.get("/admin/refunds", this::refunds));
    }

    record Payments(List<Payments.Row> payments, @Nullable String nextCursor) {
        record Row(
                long paymentId,
                long orderId,
                String userId,
                String method,
                long amount,
                String state,
                @Nullable String reference,
                String begunAt,
                @Nullable String decidedAt,
                String note) {
            static Row of(Payment payment) {
                return new Row(
                        payment.id().value(),
                        payment.order().value(),
                        payment.user().value(),
                        payment.method(),
                        Won.in(payment.amount()),
                        payment.state().name(),
                        payment.reference(),
                        payment.progress().times().begunAt().toString(),
                        OrderDeskViews.text(payment.progress().times().decidedAt()),
                        payment.progress().note());
            }
        }
    }

    record Refunds(List<Refunds.Row> refunds, @Nullable String nextCursor) {
        record Row(
                long refundId,
                long paymentId,
                long orderId,
                long amount,
                String state,
                @Nullable String reference,
                String failure,
                String begunAt,
                @Nullable String settledAt) {
            static Row of(Refund refund) {
                return new Row(
                        refund.id().value(),
                        refund.payment().value(),
                        refund.order().value(),
                        Won.in(refund.amount()),
                        refund.state().name(),
                        refund.progress().reference(),
                        refund.progress().failure(),
                        refund.progress().begunAt().toString(),
                        OrderDeskViews.text(refund.progress().settledAt()));
            }
        }
    }

    private Payments list(Call call) {
        Query query = call.query("state", "cursor", "size");
        PaymentQuery wanted = query.constant("state", PaymentState.class)
                .map(PaymentQuery.all()::inState)
                .orElse(PaymentQuery.all());
        Page<Payment> page = shop.payments().list(wanted, query.page());
        return new Payments(page.map(Payments.Row::of).items(), Cursors.text(page.next()));
    }

    private Refunds.Row refund(Call call) {
        call.body();
        return Refunds.Row.of(shop.payments().refund(payment(call)));
    }

    private Payments.Row close(Call call) {
        String note = call.body("note").text("note");
        return Payments.Row.of(shop.payments().close(payment(call), note));
    }

    private Refunds refunds(Call call) {
        Query query = call.query("state", "cursor", "size");
        RefundState state = query.constant("state", RefundState.class).orElse(RefundState.DUE);
        Page<Refund> page = shop.payments().listRefunds(state, query.page());
        return new Refunds(page.map(Refunds.Row::of).items(), Cursors.text(page.next()));
    }

    private static PaymentId payment(Call call) {
        return new PaymentId(call.id("paymentId"));
    }
}
