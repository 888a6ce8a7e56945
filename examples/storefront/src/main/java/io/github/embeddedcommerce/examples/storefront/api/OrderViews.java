package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders as answers show them. */
final class OrderViews {
    private static final int LINES_AN_ORDER = 1_000;

    private OrderViews() {}

    record Item(
            long orderItemId,
            long productId,
            String productName,
            long productOptionId,
            long price,
            long quantity,
            long subtotal) {
        /** The library numbers the lines of an order; across orders, the number of the order comes before. */
        static Item of(Order order, OrderLine line) {
            return new Item(
                    order.id().value() * LINES_AN_ORDER + line.number(),
                    line.item().product().value(),
                    line.item().productName(),
                    line.item().option().value(),
                    Won.in(line.unitPrice()),
                    line.quantity(),
                    Won.in(line.subtotal()));
        }

        static List<Item> of(Order order) {
            return order.lines().stream().map(line -> of(order, line)).toList();
        }
    }

    record Placed(
            long orderId,
            long userId,
            List<Item> items,
            long totalAmount,
            String status,
            String createdAt,
            String expiresAt) {
        static Placed of(Order order) {
            return new Placed(
                    order.id().value(),
                    UserRoutes.number(order.user()),
                    Item.of(order),
                    Won.in(order.total()),
                    order.status().name(),
                    order.placedAt().toString(),
                    order.expiresAt().toString());
        }
    }

    record Paid(
            long orderId,
            String status,
            long paidAmount,
            long remainingBalance,
            @Nullable String paidAt) {
        static Paid of(Receipt receipt) {
            return new Paid(
                    receipt.order().id().value(),
                    receipt.order().status().name(),
                    Won.in(receipt.paidAmount()),
                    Won.in(receipt.remainingBalance()),
                    text(receipt.order().paidAt()));
        }
    }

    record Cancelled(long orderId, String status, long refundedAmount) {
        static Cancelled of(Cancellation cancellation) {
            return new Cancelled(
                    cancellation.order().id().value(),
                    cancellation.order().status().name(),
                    Won.in(cancellation.refunded()));
        }
    }

    record Detail(
            long orderId,
            long userId,
            List<Item> items,
            long totalAmount,
            long discountAmount,
            long finalAmount,
            String status,
            String createdAt,
            String expiresAt,
            @Nullable String paidAt) {
        static Detail of(Order order) {
            return new Detail(
                    order.id().value(),
                    UserRoutes.number(order.user()),
                    Item.of(order),
                    Won.in(order.total()),
                    Won.in(order.discount().amount()),
                    Won.in(order.finalAmount()),
                    order.status().name(),
                    order.placedAt().toString(),
                    order.expiresAt().toString(),
                    text(order.paidAt()));
        }
    }

    record Listed(List<Detail> orders, @Nullable String nextCursor) {}

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
