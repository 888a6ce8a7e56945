package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.Exports;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.job.Export;
import io.github.embeddedcommerce.order.LineOfOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.stock.OptionStock;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.User;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What can be exported, each into a CSV file of its name. Amounts are in units of the currency, times in UTC. */
enum ExportKind {
    PRODUCTS(String.join(",", ProductRows.HEADER)) {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.products(product -> ProductRows.write(product, rows));
        }
    },
    STOCK("option,product,sku,on_hand,reserved,available") {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.stock(stock -> rows.accept(stock(stock)));
        }
    },
    USERS("id,balance,changes,registered_at,changed_at") {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.users(user -> rows.accept(user(user)));
        }
    },
    LEDGER("user,number,before,amount,after,code,note,reference,at") {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.ledger(change -> rows.accept(change(change)));
        }
    },
    ORDERS("id,user,status,total,discount,final_amount,coupon,placed_at,expires_at,paid_at,closed_at") {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.orders(order -> rows.accept(order(order)));
        }
    },
    LINES("order,number,product,product_name,option,sku,unit_price,quantity,subtotal") {
        @Override
        Export<?> into(Exports exports, Consumer<List<String>> rows) {
            return exports.lines(line -> rows.accept(line(line)));
        }
    };

    private final String header;

    /** @param header the names of the columns, separated by commas */
    ExportKind(String header) {
        this.header = header;
    }

    /** The names of the columns. */
    List<String> header() {
        return List.of(header.split(",", -1));
    }

    /** The name of its file, such as {@code orders.csv}. */
    String file() {
        return this + ".csv";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** An export that hands over rows of cells. */
    abstract Export<?> into(Exports exports, Consumer<List<String>> rows);

    private static List<String> stock(OptionStock stock) {
        return cells(
                stock.level().option(),
                stock.product(),
                stock.sku(),
                stock.level().onHand(),
                stock.level().reserved(),
                stock.level().available());
    }

    private static List<String> user(User user) {
        return cells(user.id(), amount(user.balance()), user.changes(), user.registeredAt(), user.changedAt());
    }

    private static List<String> change(BalanceChange change) {
        return cells(
                change.user(),
                change.number(),
                amount(change.before()),
                amount(change.movement().amount()),
                amount(change.after()),
                change.movement().code(),
                change.movement().note(),
                change.movement().reference(),
                change.at());
    }

    private static List<String> order(Order order) {
        UserCouponId coupon = order.discount().coupon();
        return cells(
                order.id(),
                order.user(),
                order.status(),
                amount(order.total()),
                amount(order.discount().amount()),
                amount(order.finalAmount()),
                coupon,
                order.placedAt(),
                order.expiresAt(),
                order.paidAt(),
                order.closedAt());
    }

    private static List<String> line(LineOfOrder of) {
        OrderedItem item = of.line().item();
        return cells(
                of.order().id(),
                of.line().number(),
                item.product(),
                item.productName(),
                item.option(),
                item.sku(),
                amount(of.line().unitPrice()),
                of.line().quantity(),
                amount(of.line().subtotal()));
    }

    private static String amount(Money amount) {
        return amount.getAmount().toPlainString();
    }

    private static List<String> cells(@Nullable Object... values) {
        return Arrays.stream(values)
                .map(value -> value == null ? "" : value.toString())
                .toList();
    }
}
