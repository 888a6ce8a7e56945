package io.github.embeddedcommerce.jdbc.locks;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.locks.Storm.Call;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Payments from outside in the storm, for the same orders, some with a part from the balance. Thread-safe. */
final class StormPayments {
    private static final int LATEST = 20;

    private final CommerceFacade shop;
    private final StormCalls calls;
    private final List<Payment> payments = new CopyOnWriteArrayList<>();

    StormPayments(CommerceFacade shop, StormCalls calls) {
        this.shop = shop;
        this.calls = calls;
    }

    List<Call> all() {
        return List.of(
                call(
                        5,
                        "begin to pay",
                        this::begin,
                        ALREADY_PAID,
                        ORDER_EXPIRED,
                        INVALID_ORDER_STATUS,
                        INSUFFICIENT_BALANCE,
                        USER_NOT_FOUND,
                        PAYMENT_EXCEEDS_DUE),
                call(4, "settle", this::settle),
                call(2, "fail", this::fail),
                call(2, "refund what is unapplied", this::refund, INVALID_PAYMENT_STATE),
                call(2, "settle a refund", this::settleRefund));
    }

    private static Call call(int weight, String name, Storm.Work work, ErrorCode... refusals) {
        return new Call(name, weight, work, Set.of(refusals));
    }

    private void begin(Random random) {
        for (Order order : calls.latest(random)) {
            BeginPayment request = BeginPayment.by(order.user(), order.id(), "card");
            Money some = Money.ofMinor(CurrencyUnit.of("KRW"), 1 + random.nextInt(10));
            payments.add(shop.payments()
                    .begin(
                            switch (random.nextInt(3)) {
                                case 0 -> request.withBalance(some);
                                case 1 -> request.withAmount(some);
                                default -> request;
                            }));
        }
    }

    private void settle(Random random) {
        latest(random)
                .forEach(payment -> shop.payments()
                        .settle(SettlePayment.of(payment.id(), "ref-" + payment.id(), payment.amount())));
    }

    private void fail(Random random) {
        latest(random).forEach(payment -> shop.payments().fail(FailPayment.of(payment.id())));
    }

    private void refund(Random random) {
        PaymentQuery unapplied = PaymentQuery.all().inState(PaymentState.UNAPPLIED);
        shop.payments()
                .list(unapplied, PageRequest.first(1))
                .items()
                .forEach(payment -> shop.payments().refund(payment.id()));
    }

    private void settleRefund(Random random) {
        shop.payments()
                .listRefunds(RefundState.DUE, PageRequest.first(1))
                .items()
                .forEach(refund -> shop.payments().settleRefund(refund.id(), "re-" + refund.id()));
    }

    /** One of the latest payments, in a list; none before the first. */
    private List<Payment> latest(Random random) {
        int size = payments.size();
        return size == 0 ? List.of() : List.of(payments.get(size - 1 - random.nextInt(Math.min(size, LATEST))));
    }
}
