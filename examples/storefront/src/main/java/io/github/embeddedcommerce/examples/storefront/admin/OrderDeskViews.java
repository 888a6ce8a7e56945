package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.HistoryEntry;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.BalanceMovement;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Orders as the back office sees them. */
final class OrderDeskViews {
    private OrderDeskViews() {}

    record Listed(List<Row> orders, @Nullable String nextCursor) {}

    /** @param userId a text, because other hosts on the database may name users otherwise */
    record Row(
            long orderId,
            String userId,
            List<Line> lines,
            long totalAmount,
            long finalAmount,
            String status,
            String createdAt,
            @Nullable String paidAt,
            @Nullable String reference,
            String note) {
        static Row of(OrderRecord found) {
            Order order = found.order();
            Reference reference = found.labels().reference();
            return new Row(
                    order.id().value(),
                    order.user().value(),
                    order.lines().stream().map(Line::of).toList(),
                    Won.in(order.total()),
                    Won.in(order.finalAmount()),
                    order.status().name(),
                    order.placedAt().toString(),
                    text(order.paidAt()),
                    reference.isNone() ? null : reference.text(),
                    found.labels().note());
        }
    }

    record Line(int line, long productId, String productName, long price, long quantity, long returned, long subtotal) {
        static Line of(OrderLine line) {
            return new Line(
                    line.number(),
                    line.item().product().value(),
                    line.item().productName(),
                    Won.in(line.unitPrice()),
                    line.quantity(),
                    line.returned(),
                    Won.in(line.subtotal()));
        }
    }

    record Detail(
            Row order,
            List<Entry> history,
            List<PaymentDeskRoutes.Payments.Row> payments,
            List<PaymentDeskRoutes.Refunds.Row> refunds) {}

    /**
     * Something that happened to an order.
     *
     * @param kind PLACED, PAID, CANCELLED, EXPIRED, RETURN, PAYMENT, REFUND, BALANCE, EVENT, or OTHER
     * @param what the code of a balance change, the type of an event, or the state of a payment or refund; null for the
     *     others
     * @param subject the number of the return, payment or refund; null for the others
     * @param delivery the state of an event; null for the others
     */
    record Entry(
            String at,
            String kind,
            @Nullable Long amount,
            @Nullable String what,
            @Nullable Long subject,
            @Nullable String delivery) {
        static Entry of(HistoryEntry entry) {
            if (entry instanceof HistoryEntry.Placed placed) {
                return step(entry, "PLACED", placed.total());
            } else if (entry instanceof HistoryEntry.Paid paid) {
                return step(entry, "PAID", paid.amount());
            } else if (entry instanceof HistoryEntry.Cancelled) {
                return step(entry, "CANCELLED", null);
            } else if (entry instanceof HistoryEntry.Expired) {
                return step(entry, "EXPIRED", null);
            } else if (entry instanceof HistoryEntry.BalanceChanged changed) {
                BalanceMovement movement = changed.change().movement();
                return entry(
                        entry, "BALANCE", movement.amount(), movement.code().name(), null, null);
            } else if (entry instanceof HistoryEntry.EventWritten written) {
                Delivery delivery = written.delivery();
                String type = delivery.event().type().name();
                return entry(entry, "EVENT", null, type, null, delivery.status().name());
            }
            return ofMoney(entry);
        }

        private static Entry ofMoney(HistoryEntry entry) {
            if (entry instanceof HistoryEntry.GivenBack back) {
                Return returned = back.returned();
                return entry(
                        entry,
                        "RETURN",
                        returned.refunded(),
                        null,
                        returned.id().value(),
                        null);
            } else if (entry instanceof HistoryEntry.PaymentBegun begun) {
                return payment(entry, begun.payment(), PaymentState.BEGUN);
            } else if (entry instanceof HistoryEntry.PaymentDecided decided) {
                return payment(entry, decided.payment(), decided.payment().state());
            } else if (entry instanceof HistoryEntry.RefundBegun begun) {
                return refund(entry, begun.refund(), RefundState.DUE);
            } else if (entry instanceof HistoryEntry.RefundSettled settled) {
                return refund(entry, settled.refund(), RefundState.SETTLED);
            }
            return step(entry, "OTHER", null);
        }

        private static Entry step(HistoryEntry entry, String kind, @Nullable Money amount) {
            return entry(entry, kind, amount, null, null, null);
        }

        private static Entry payment(HistoryEntry entry, Payment payment, PaymentState state) {
            return entry(
                    entry,
                    "PAYMENT",
                    payment.amount(),
                    state.name(),
                    payment.id().value(),
                    null);
        }

        private static Entry refund(HistoryEntry entry, Refund refund, RefundState state) {
            return entry(
                    entry, "REFUND", refund.amount(), state.name(), refund.id().value(), null);
        }

        private static Entry entry(
                HistoryEntry entry,
                String kind,
                @Nullable Money amount,
                @Nullable String what,
                @Nullable Long subject,
                @Nullable String delivery) {
            return new Entry(
                    entry.at().toString(), kind, amount == null ? null : Won.in(amount), what, subject, delivery);
        }
    }

    record GivenBack(long returnId, long orderId, long refundedAmount) {
        static GivenBack of(Return returned) {
            return new GivenBack(returned.id().value(), returned.order().value(), Won.in(returned.refunded()));
        }
    }

    static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
