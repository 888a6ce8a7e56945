package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentPart;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.usecase.BeginPayments;
import io.github.embeddedcommerce.usecase.CloseUnapplied;
import io.github.embeddedcommerce.usecase.FailPayments;
import io.github.embeddedcommerce.usecase.SettlePayments;
import io.github.embeddedcommerce.usecase.SettleRefunds;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Payments from outside: by card, transfer, or whatever the host's providers offer. The shop calls no provider. The
 * host begins a payment, talks to its provider outside of any transaction, and settles the payment or lets it fail;
 * docs/payments.md has the states. Each use case is one transaction; a refusal has written nothing. Thread-safe.
 *
 * <p><b>Who may call.</b> {@link #begin} checks that the user owns the order. All else comes from a provider or from
 * the people who run the shop, and concerns any user's payments: the host lets nobody else at it.
 */
public final class Payments {
    private static final String LIST = "payments";
    private static final String REFUNDS = "refunds";

    private final UseCaseContext context;
    private final BeginPayments begin;

    Payments(UseCaseContext context) {
        this.context = context;
        this.begin = new BeginPayments(context);
    }

    /**
     * Begins a payment from outside for a pending order. Its amount is kept free for it, and the order is held: until
     * the time to pay is over, or longer, for as long as the request says, at most for
     * {@link CommerceSettings#paymentHold}; beyond the time to pay, all payments of an order together hold it no longer
     * than that. A part from the balance is taken at once, and given back if the payment fails or the order closes
     * unpaid.
     *
     * <p>The first payment of an order fixes its coupon and discount. They are free again when no payment is under way
     * or settled.
     *
     * <p>The request can carry an {@linkplain BeginPayment#withKey idempotency key}, as those of {@link Orders}.
     *
     * @return the payment, BEGUN; its id is what the host tells its provider
     * @throws CommerceException PAYMENT_EXCEEDS_DUE if the amounts are more than what is neither paid nor under way, or
     *     nothing is left to pay
     * @throws CommerceException INSUFFICIENT_BALANCE if the balance is less than the part to be taken from it
     * @throws CommerceException ALREADY_PAID if the order is paid
     * @throws CommerceException ORDER_EXPIRED if its time has passed, whether or not the job has run
     * @throws CommerceException INVALID_ORDER_STATUS if it is cancelled
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS if it belongs to another user
     * @throws CommerceException COUPON_NOT_FOUND if there is no such issued coupon
     * @throws CommerceException ALREADY_USED if the coupon has been used
     * @throws CommerceException EXPIRED_COUPON if the coupon has expired
     * @throws CommerceException INVALID_COUPON if the coupon belongs to another user, is not valid yet, requires a
     *     larger total, would take nothing off, or a payment of the order has begun with another one or without
     * @throws CommerceException PAYMENT_MISMATCH if another payment of the method has this reference
     * @throws CommerceException VALIDATION_ERROR if the request is null, an amount is in another currency, or the key
     *     was used for another request
     * @throws StorageException if the database could not do it
     */
    public Payment begin(BeginPayment request) {
        required(request, "request");
        if (request.terms().amount() != null) {
            context.settings().amount(request.terms().amount(), "amount", 1);
        }
        if (request.terms().balance() != null) {
            context.settings().amount(request.terms().balance(), "balance", 1);
        }
        return context.perform(begin, request);
    }

    /**
     * Settles a payment: its money has come. The order becomes PAID in the transaction in which the last part of it is
     * settled. Browser and webhook may both call this, once or many times, in any order and at once: the first call
     * decides, and each later one with the same reference and amount returns the same payment, as it is by then.
     *
     * <p>Money that the order cannot take is not refused: it has come. If the order has expired or is past its time, is
     * cancelled, was paid otherwise or has no room left, the payment becomes UNAPPLIED and an event says so; the host
     * {@linkplain #refund refunds} or {@linkplain #close closes} it. A payment that has failed is settled as well, if
     * the order still has room: a settlement is proof of money.
     *
     * @return the payment, SETTLED or UNAPPLIED; CLOSED if it was closed since
     * @throws CommerceException PAYMENT_MISMATCH if the payment is of another amount, is known under another reference,
     *     or another payment of the method has this one
     * @throws CommerceException PAYMENT_NOT_FOUND if there is no such payment
     * @throws CommerceException VALIDATION_ERROR if the request is null or the amount in another currency
     * @throws StorageException if the database could not do it
     */
    public Payment settle(SettlePayment request) {
        context.settings().amount(required(request, "request").amount(), "amount", 1);
        return new SettlePayments(context).settle(request);
    }

    /**
     * Lets a payment fail: no money will come. What was taken from the balance with it is given back, and the order is
     * held no longer for it; nothing else of the order changes. A payment that is decided already stays as it is.
     *
     * @return the payment: FAILED, or as it was decided before
     * @throws CommerceException PAYMENT_MISMATCH if it is known under another reference, or another payment of the
     *     method has this one
     * @throws CommerceException PAYMENT_NOT_FOUND if there is no such payment
     * @throws CommerceException VALIDATION_ERROR if the request is null
     * @throws StorageException if the database could not do it
     */
    public Payment fail(FailPayment request) {
        return new FailPayments(context).fail(required(request, "request"));
    }

    /**
     * Closes an unapplied payment by the host's word: it was dealt with in another way. One that is closed stays as it
     * is.
     *
     * @param note why, 1 to 255 characters
     * @return the payment, CLOSED
     * @throws CommerceException INVALID_PAYMENT_STATE if it is not unapplied, or a refund of it is due
     * @throws CommerceException PAYMENT_NOT_FOUND if there is no such payment
     * @throws CommerceException VALIDATION_ERROR if an argument is null or the note too long
     * @throws StorageException if the database could not do it
     */
    public Payment close(PaymentId payment, String note) {
        required(payment, "payment");
        Validation.text(note, "note", 1, Payment.MAX_NOTE);
        return new CloseUnapplied(context).close(payment, note);
    }

    /**
     * Begins the refund of an unapplied payment, with an event. It is closed once the refund is settled. Repeated, it
     * returns the same refund. The refunds of settled payments are begun by the shop, when their order is cancelled,
     * closes unpaid, or units of it are returned.
     *
     * @return the refund, DUE
     * @throws CommerceException INVALID_PAYMENT_STATE if it is not unapplied
     * @throws CommerceException PAYMENT_NOT_FOUND if there is no such payment
     * @throws CommerceException VALIDATION_ERROR if the payment is null
     * @throws StorageException if the database could not do it
     */
    public Refund refund(PaymentId payment) {
        return new CloseUnapplied(context).refund(required(payment, "payment"));
    }

    /**
     * Settles a refund: the provider has carried it out. Repeated with the same reference, it returns the same refund.
     *
     * @param reference the provider's name for it, 1 to 255 characters, unique among the refunds of the method
     * @return the refund, SETTLED
     * @throws CommerceException PAYMENT_MISMATCH if it was settled under another reference, or another refund of the
     *     method has this one
     * @throws CommerceException REFUND_NOT_FOUND if there is no such refund
     * @throws CommerceException VALIDATION_ERROR if an argument is null or the reference too long
     * @throws StorageException if the database could not do it
     */
    public Refund settleRefund(RefundId refund, String reference) {
        required(refund, "refund");
        Validation.text(reference, "reference", 1, Payment.MAX_REFERENCE);
        return new SettleRefunds(context).settle(refund, reference);
    }

    /**
     * Notes that the provider could not carry out a refund. It stays due: the money is owed until it is settled. A
     * refund that is settled stays as it is.
     *
     * @param reason why, up to 255 characters
     * @return the refund: DUE, with the failure, or SETTLED
     * @throws CommerceException REFUND_NOT_FOUND if there is no such refund
     * @throws CommerceException VALIDATION_ERROR if an argument is null or the reason too long
     * @throws StorageException if the database could not do it
     */
    public Refund failRefund(RefundId refund, String reason) {
        required(refund, "refund");
        Validation.text(reason, "reason", 0, Payment.MAX_NOTE);
        return new SettleRefunds(context).fail(refund, reason);
    }

    /**
     * Returns a payment.
     *
     * @throws CommerceException PAYMENT_NOT_FOUND if there is no such payment
     * @throws CommerceException VALIDATION_ERROR if the payment is null
     * @throws StorageException if the database could not do it
     */
    public Payment get(PaymentId payment) {
        required(payment, "payment");
        return context
                .transactions()
                .run("payments.get", stores -> stores.payments().find(Set.of(payment)))
                .stream()
                .findFirst()
                .orElseThrow(() -> Payment.notFound(payment));
    }

    /**
     * Finds the payment of this method that the provider knows under this reference; empty if there is none, or its
     * reference is not known yet.
     *
     * @param method 1 to 32 characters
     * @param reference 1 to 255 characters
     * @throws CommerceException VALIDATION_ERROR if an argument is null, blank or too long
     * @throws StorageException if the database could not do it
     */
    public Optional<Payment> find(String method, String reference) {
        Validation.text(method, "method", 1, Payment.MAX_METHOD);
        Validation.text(reference, "reference", 1, Payment.MAX_REFERENCE);
        return context.transactions()
                .run("payments.find", stores -> stores.payments().find(method, reference));
    }

    /**
     * Lists payments from outside, the latest begun first. What was paid from the balance is said by {@link #getParts},
     * {@link Order#paid}, and the lines of the owner's balance history.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Payment> list(PaymentQuery query, PageRequest page) {
        required(query, "query");
        long below = required(page, "page").below(LIST);
        List<Payment> found = context.transactions()
                .run("payments.list", stores -> stores.payments().list(query, below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                last -> Cursor.behind(LIST, List.of(last.id().value())));
    }

    /**
     * Returns how an order was paid, or is being paid: what was taken from the balance, as a payment of the method
     * {@link Payment#BALANCE}, then its payments from outside in the order in which they began. Empty if nobody has
     * paid.
     *
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public List<PaymentPart> getParts(OrderId order) {
        required(order, "order");
        return context.transactions().run("payments.getParts", stores -> {
            Order paid = Optional.ofNullable(stores.orders().find(Set.of(order)).get(order))
                    .orElseThrow(() -> Order.notFound(order));
            Money balance = paid.paid().fromBalance();
            Stream<PaymentPart> fromBalance = balance.isZero()
                    ? Stream.empty()
                    : Stream.of(PaymentPart.fromBalance(balance, paid.paid().refundedToBalance()));
            return Stream.concat(
                            fromBalance,
                            stores.payments().of(Set.of(order)).stream().map(PaymentPart::of))
                    .toList();
        });
    }

    /**
     * Returns a refund.
     *
     * @throws CommerceException REFUND_NOT_FOUND if there is no such refund
     * @throws CommerceException VALIDATION_ERROR if the refund is null
     * @throws StorageException if the database could not do it
     */
    public Refund getRefund(RefundId refund) {
        required(refund, "refund");
        return context.transactions()
                .run("payments.getRefund", stores -> stores.refunds().find(refund))
                .orElseThrow(() -> Refund.notFound(refund));
    }

    /**
     * Lists the refunds of payments from outside that are in this state now, the latest begun first.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Refund> listRefunds(RefundState state, PageRequest page) {
        return refunds(null, required(state, "state"), page);
    }

    /**
     * Lists the refunds of an order's payments from outside, the latest begun first; none for an unknown order.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Refund> listRefunds(OrderId order, PageRequest page) {
        return refunds(required(order, "order"), null, page);
    }

    private Page<Refund> refunds(@Nullable OrderId order, @Nullable RefundState state, PageRequest page) {
        long below = required(page, "page").below(REFUNDS);
        List<Refund> found = context.transactions()
                .run("payments.listRefunds", stores -> stores.refunds().list(order, state, below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                last -> Cursor.behind(REFUNDS, List.of(last.id().value())));
    }
}
