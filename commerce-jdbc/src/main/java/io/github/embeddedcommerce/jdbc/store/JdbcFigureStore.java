package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.order.SalesOfProduct;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.FigureStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Figures in SQL: {@link FigureSql} says what counts. */
final class JdbcFigureStore implements FigureStore {
    private final SqlSession session;

    JdbcFigureStore(SqlSession session) {
        this.session = session;
    }

    /** A part of the sales of a time. */
    private record Part(int time, Sales sales) {}

    @Override
    public List<Sales> between(List<Instant> bounds) {
        List<Sales> all = new ArrayList<>();
        for (int from = 0; from < bounds.size() - 1; from += AT_ONCE) {
            all.addAll(atOnce(bounds.subList(from, Math.min(bounds.size(), from + AT_ONCE + 1))));
        }
        return all;
    }

    /** Each time is looked for by its own bounds, so that an index leads to its orders. */
    private List<Sales> atOnce(List<Instant> bounds) {
        int times = bounds.size() - 1;
        String sql = IntStream.range(0, times).mapToObj(FigureSql::ofTime).collect(Collectors.joining(" union all "));
        List<Object> parameters = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            List<Instant> bound = bounds.subList(time, time + 2);
            parameters.addAll(bound);
            parameters.addAll(bound);
            parameters.addAll(bound);
        }
        List<Sales> sales = new ArrayList<>(Collections.nCopies(times, nothing()));
        session.query(row -> new Part(row.getInt(1), sales(row)), sql, parameters.toArray())
                .forEach(part -> sales.set(part.time, sales.get(part.time).plus(part.sales)));
        return sales;
    }

    @Override
    public List<SalesOfProduct> byProduct(Instant from, Instant until, long aboveProduct, int limit) {
        return session.query(
                row -> new SalesOfProduct(new ProductId(row.getLong(1)), sales(row)),
                FigureSql.byProduct(),
                from,
                until,
                from,
                until,
                from,
                until,
                from,
                until,
                from,
                until,
                from,
                until,
                aboveProduct,
                limit);
    }

    private Sales sales(ResultSet row) throws SQLException {
        return new Sales(row.getLong(2), row.getLong(3), row.getLong(4), money(row, 5), money(row, 6), money(row, 7));
    }

    /** A sum may have more digits than an amount, and a scale that the database has given it. */
    private Money money(ResultSet row, int column) throws SQLException {
        BigDecimal minor = row.getBigDecimal(column).setScale(0, RoundingMode.UNNECESSARY);
        CurrencyUnit currency = session.rows().currency();
        return Money.of(currency, minor.movePointLeft(currency.getDecimalPlaces()));
    }

    private Sales nothing() {
        Money zero = Money.zero(session.rows().currency());
        return new Sales(0, 0, 0, zero, zero, zero);
    }
}
