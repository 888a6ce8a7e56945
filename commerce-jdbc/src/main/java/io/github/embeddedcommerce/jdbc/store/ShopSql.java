package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one shop: rendered once for its tables and its database, with values as the driver takes them. In a
 * template, {@code <commerce>} stands before each table name, {@code <unless_there>} at the end of each {@code insert …
 * select … where not exists (…)}, and a list stands for the {@code ?} in {@code in (?)}. Thread-safe.
 */
final class ShopSql {
    private static final Map<Class<?>, Function<Object, Object>> WRITTEN = Map.of(
            Money.class, value -> ((Money) value).getAmountMinorLong(),
            ProductId.class, value -> ((ProductId) value).value(),
            OptionId.class, value -> ((OptionId) value).value(),
            CartItemId.class, value -> ((CartItemId) value).value(),
            CouponId.class, value -> ((CouponId) value).value(),
            OrderId.class, value -> ((OrderId) value).value(),
            UserCouponId.class, value -> ((UserCouponId) value).value(),
            UserId.class, value -> ((UserId) value).value(),
            IdempotencyKey.class, value -> ((IdempotencyKey) value).value());

    private static final String VALUES = "values ";

    private final Dialect dialect;
    private final TableNames tables;
    private final RowReader rows;
    private final UnaryOperator<String> words;
    private final Map<Object, String> texts = new ConcurrentHashMap<>();
    private volatile @Nullable Boolean sendsTogether;

    /** @param words a statement as it is sent to this database */
    ShopSql(Dialect dialect, TableNames tables, CurrencyUnit currency, UnaryOperator<String> words) {
        this.words = words;
        this.dialect = dialect;
        this.tables = tables;
        this.rows = new RowReader(currency, dialect);
    }

    RowReader rows() {
        return rows;
    }

    /** A template and how many places each of its lists has. */
    private record ListedText(String template, List<Integer> places) {}

    /** The text of a statement with these parameters. A list is given a power of two places, so that texts stay few. */
    String text(String template, @Nullable Object... parameters) {
        List<Integer> places = places(parameters);
        Object key = places.isEmpty() ? template : new ListedText(template, places);
        String known = texts.get(key);
        return known == null ? texts.computeIfAbsent(key, missing -> rendered(template, parameters)) : known;
    }

    /** Whether this is an insert of values that looks at no other row, so that one statement can insert many. */
    static boolean takesRows(String template) {
        return template.startsWith("insert") && !template.contains("select ");
    }

    /** What executes a statement for each of these rows: one where it takes them all, else one a row. */
    List<String> texts(String template, List<@Nullable Object[]> rows) {
        if (takesRows(template)) {
            String text = text(template);
            String row = text.substring(text.indexOf(VALUES) + VALUES.length());
            return List.of(text + (", " + row).repeat(rows.size() - 1));
        }
        return rows.stream().map(row -> text(template, row)).toList();
    }

    /** One statement for all of these rows, whose order does not matter; null where there is none. */
    @Nullable
    ArrayStatement arrays(String template, List<@Nullable Object[]> rows) {
        if (dialect != Dialect.POSTGRESQL || rows.size() < 2) {
            return null;
        }
        List<@Nullable Object[]> written = rows.stream()
                .map(row -> Arrays.stream(row)
                        .map(value -> value == null ? null : written(value))
                        .toArray())
                .toList();
        return ArrayStatement.of(template, written);
    }

    /** The types of what a template is given arrays of. */
    private record ArrayText(String template, List<@Nullable String> types) {}

    /** The text of a statement that takes arrays. */
    String text(String template, ArrayStatement arrays) {
        return texts.computeIfAbsent(
                new ArrayText(template, arrays.types()), missing -> arrays.text(rendered(template)));
    }

    private static List<Integer> places(@Nullable Object... parameters) {
        List<Integer> places = List.of();
        for (Object parameter : parameters) {
            if (parameter instanceof Collection<?> list) {
                places = places.isEmpty() ? new ArrayList<>(1) : places;
                places.add(places(list.size()));
            }
        }
        return places;
    }

    private String rendered(String template) {
        return words.apply(template.replace("<commerce>", tables.qualifier())
                .replace("<unless_there>", dialect.unlessThere())
                .strip());
    }

    private String rendered(String template, @Nullable Object... parameters) {
        String text = rendered(template);
        return places(parameters).isEmpty() ? text : withLists(text, parameters);
    }

    private static String withLists(String text, @Nullable Object... parameters) {
        StringBuilder whole = new StringBuilder();
        int from = 0;
        for (Object parameter : parameters) {
            int mark = text.indexOf('?', from) + 1;
            whole.append(text, from, mark);
            if (parameter instanceof Collection<?> list) {
                whole.append(", ?".repeat(places(list.size()) - 1));
            }
            from = mark;
        }
        return whole.append(text, from, text.length()).toString();
    }

    /** The power of two that so many values are given places of. */
    static int places(int values) {
        return values <= 1 ? 1 : Integer.highestOneBit(values - 1) << 1;
    }

    /**
     * Binds parameters, beginning at this place.
     *
     * @return the place behind them
     */
    int bind(PreparedStatement statement, int from, @Nullable Object... parameters) throws SQLException {
        int place = from;
        for (Object parameter : parameters) {
            if (parameter instanceof Collection<?> list) {
                place = bindList(statement, place, list);
            } else {
                bindValue(statement, place++, parameter);
            }
        }
        return place;
    }

    /** The last value is repeated in the places that are left. */
    private int bindList(PreparedStatement statement, int from, Collection<?> list) throws SQLException {
        int place = from;
        Object last = null;
        for (Object value : list) {
            last = value;
            bindValue(statement, place++, value);
        }
        while (place < from + places(list.size())) {
            bindValue(statement, place++, last);
        }
        return place;
    }

    /** Numbers and texts by their type: a driver that is given an object tries one type after the other. */
    private void bindValue(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        Object written = value == null ? null : written(value);
        if (written == null) {
            statement.setNull(place, Types.NULL);
        } else if (written instanceof Long number) {
            statement.setLong(place, number);
        } else if (written instanceof Integer number) {
            statement.setInt(place, number);
        } else if (written instanceof String text) {
            statement.setString(place, text);
        } else {
            statement.setObject(place, written);
        }
    }

    private Object written(Object value) {
        if (value instanceof Instant instant) {
            return dialect.written(instant);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        Function<Object, Object> written = WRITTEN.get(value.getClass());
        return written == null ? value : written.apply(value);
    }

    /**
     * Whether this statement can be executed as a batch that says what each execution changed. MariaDB's driver sends a
     * batch of inserts as one bulk, which the server refuses if the rows are selected, and of which no row's count is
     * known.
     */
    boolean takesBatch(String text) {
        return !dialect.isMySqlLike() || !(text.contains("insert") && text.contains("select "));
    }

    /** Whether an insert of rows that are selected keeps their table's next id to itself until it ends. */
    boolean keepsNextId() {
        return dialect == Dialect.MARIADB;
    }

    /** Whether an insert can answer with what it has inserted, also where the rows are selected. */
    boolean returnsInserted() {
        return dialect == Dialect.MARIADB;
    }

    boolean trustsStatistics() {
        return dialect.trustsStatistics();
    }

    boolean isEmbedded() {
        return dialect == Dialect.H2;
    }

    /**
     * Whether several statements can be sent to this database at once. Embedded H2 has nothing to save by it; MariaDB
     * and MySQL can if the connection has been made so ({@code allowMultiQueries}), as the pool of {@code open} does.
     */
    boolean sendsTogether(Connection connection) {
        Boolean known = sendsTogether;
        if (known == null) {
            known = dialect == Dialect.POSTGRESQL || (!isEmbedded() && takesTwo(connection));
            sendsTogether = known;
        }
        return known;
    }

    private static boolean takesTwo(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("do 0; do 0");
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }
}
