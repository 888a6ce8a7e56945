package io.github.embeddedcommerce.jdbc.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.User;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What the real shop's answers say, in the words of {@link Told}. */
final class Answers {
    private Answers() {}

    static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.getAmountMinorLong();
    }

    static String of(Product product) {
        return Told.of(
                product.id(), facts(product.details()), product.registeredAt(), lines(product.options(), Answers::of));
    }

    static String facts(ProductDetails details) {
        return Told.of(details.texts().name(), details.category(), minor(details.price()), details.onSale());
    }

    private static String of(ProductOption option) {
        String attributes = option.attributes().entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(","));
        return Told.of(option.id(), option.sku(), attributes, option.available());
    }

    static String of(PopularProducts popular) {
        for (int i = 0; i < popular.entries().size(); i++) {
            assertThat(popular.entries().get(i).rank()).isEqualTo(i + 1);
        }
        return Told.of(
                popular.day(),
                popular.createdAt(),
                lines(popular.entries(), entry -> Told.of(entry.product(), entry.quantity(), entry.lastPaidAt())));
    }

    static String of(StockChange change) {
        return Told.of(
                change.option(),
                change.before(),
                change.after(),
                change.reason().kind(),
                change.reason().note(),
                change.at());
    }

    static String of(StockLevel level) {
        return Told.of(level.option(), level.onHand(), level.reserved(), level.changedAt());
    }

    static String of(User user) {
        return Told.of(user.id(), minor(user.balance()), user.changes(), user.registeredAt());
    }

    static String of(BalanceChange change) {
        return Told.of(
                change.user(),
                change.number(),
                minor(change.before()),
                minor(change.movement().amount()),
                minor(change.after()),
                change.movement().code(),
                change.movement().reference(),
                change.movement().note(),
                change.at());
    }

    static String of(OrderEvent event) {
        boolean ofRefund = event.type() == OrderEvent.Type.REFUND_DUE;
        return Told.of(
                event.order(), event.number(), event.type(), event.user(), event.at(), ofRefund ? 0 : event.subject());
    }

    static String of(Delivery delivery) {
        boolean rests = delivery.status() == Delivery.Status.WAITING && delivery.tries() > 0;
        return Told.of(
                of(delivery.event()),
                delivery.status(),
                rests ? null : delivery.at(),
                delivery.tries(),
                delivery.error());
    }

    static String of(Order order) {
        OrderProgress progress = order.progress();
        return Told.of(
                order.id(),
                order.user(),
                order.status(),
                minor(order.total()),
                minor(progress.discount().amount()),
                progress.discount().coupon(),
                progress.times().placedAt(),
                order.expiresAt(),
                progress.times().paidAt(),
                order.returnedAt(),
                progress.times().closedAt(),
                progress.times().payBy(),
                minor(progress.paid().fromBalance()),
                minor(progress.paid().fromOutside()),
                minor(progress.paid().underWay()),
                minor(progress.paid().givenBack()),
                minor(progress.paid().refundedToBalance()),
                minor(order.refunded()),
                lines(order.lines(), Answers::of));
    }

    private static String of(OrderLine line) {
        return Told.of(
                line.item().option(),
                line.item().sku(),
                line.item().product(),
                line.item().productName(),
                minor(line.unitPrice()),
                line.quantity(),
                line.returned());
    }

    static String of(Payment payment) {
        PaymentProgress progress = payment.progress();
        return Told.of(
                payment.id(),
                payment.order(),
                payment.user(),
                payment.method(),
                minor(payment.amount()),
                progress.state(),
                progress.reference(),
                progress.times().begunAt(),
                progress.times().heldUntil(),
                progress.times().decidedAt(),
                minor(progress.balancePart()),
                minor(progress.refunded()),
                progress.note().replaceFirst("^refund \\d+$", "refund"));
    }

    /** Without its id, which only the shop knows. */
    static String of(Refund refund) {
        return Told.of(
                refund.payment(),
                refund.order(),
                refund.method(),
                minor(refund.amount()),
                refund.state(),
                refund.progress().reference(),
                refund.progress().failure(),
                refund.progress().begunAt(),
                refund.progress().settledAt());
    }

    static String of(Receipt receipt) {
        return Told.of(of(receipt.order()), minor(receipt.paidAmount()), minor(receipt.remainingBalance()));
    }

    static String of(Cancellation cancellation) {
        return Told.of(of(cancellation.order()), minor(cancellation.refunded()), cancellation.couponReturned());
    }

    static String of(Return made) {
        return Told.of(
                made.id(),
                made.order(),
                minor(made.refunded()),
                made.restocked(),
                made.note(),
                made.at(),
                lines(made.lines(), line -> Told.of(line.line(), line.quantity(), minor(line.refund()))));
    }

    static String of(CartItem item) {
        return Told.of(item.id(), item.option(), item.quantity());
    }

    static String of(Cart cart) {
        return Told.of(lines(cart.lines(), Answers::of), minor(cart.total()));
    }

    private static String of(CartLine line) {
        return Told.of(
                of(line.item()),
                line.offer().product(),
                facts(line.offer().details()),
                of(line.option()),
                minor(line.subtotal()));
    }

    static String of(Coupon coupon) {
        CouponTerms terms = coupon.terms();
        BigDecimal percent = terms.discount().percent();
        Money fixed = terms.discount().fixed();
        return Told.of(
                coupon.id(),
                percent == null ? 0 : percent.movePointRight(2).longValueExact(),
                fixed == null ? 0 : fixed.getAmountMinorLong(),
                minor(terms.discount().maximum()),
                minor(terms.minimumTotal()),
                terms.validity().from(),
                terms.validity().expiresAt(),
                coupon.limit() == null ? null : coupon.limit().total(),
                coupon.limit() == null ? null : coupon.limit().issued());
    }

    static String of(UserCoupon coupon, Instant now) {
        return Told.of(
                coupon.id(),
                coupon.user(),
                coupon.coupon().id(),
                coupon.issuedAt(),
                coupon.use() == null ? null : coupon.use().order(),
                coupon.use() == null ? null : coupon.use().at(),
                coupon.status(now));
    }

    private static <T> String lines(List<T> entries, Function<T, String> told) {
        return ReferenceShop.lines(entries.stream().map(told).toList());
    }

    /** All pages of a list, read one after the other. */
    static <T> String pages(int size, Function<PageRequest, Page<T>> list, Function<T, String> told) {
        List<String> pages = new ArrayList<>();
        PageRequest request = PageRequest.first(size);
        while (true) {
            Page<T> page = list.apply(request);
            pages.add(page.items().stream().map(told).toList().toString());
            if (page.next() == null) {
                return String.join("\n", pages);
            }
            request = request.after(page.next());
        }
    }
}
