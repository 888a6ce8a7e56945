package io.github.embeddedcommerce.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One statement of PostgreSQL's for many rows. */
class ArrayStatementTest {
    private static final String INSERT = "insert into things (id, name, at, day, price, big, on_sale, kind)\n"
            + "values (?, ?, ?, ?, ?, ?, ?, 'NEW')";
    private static final String UPDATE = "update things set name = ?, big = big + ?, at = ?\nwhere kind = ? and id = ?";
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-02-03T04:05:06.123456Z");

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    @Test
    void an_insert_of_values_selects_them_from_arrays() {
        ArrayStatement statement = Objects.requireNonNull(
                ArrayStatement.of("insert into t (a, b, c) values (?, ?, 1)", List.of(row(1L, "x"), row(2L, null))));

        assertThat(statement.text("insert into t (a, b, c) values (?, ?, 1)"))
                .isEqualTo(
                        "insert into t (a, b, c) select v.c0, v.c1, 1 from unnest(?::bigint[], ?::text[]) as v(c0, c1)");
    }

    @Test
    void an_update_is_joined_with_its_arrays_by_the_last_parameter() {
        ArrayStatement statement = Objects.requireNonNull(ArrayStatement.of(
                "update t set a = ?, b = ? where id = ?", List.of(row(1, null, 7L), row(2, null, 8L))));

        assertThat(statement.text("update t set a = ?, b = ? where id = ?"))
                .isEqualTo("update t set a = v.c0, b = null from unnest(?::integer[], ?::bigint[]) as v(c0, c2)"
                        + " where id = v.c2");
    }

    @Test
    void where_rows_may_be_the_same_or_are_read_there_is_none() {
        assertThat(ArrayStatement.of("update t set a = ? where id = ?", List.of(row(1, 7L), row(2, 7L))))
                .isNull();
        assertThat(ArrayStatement.of("update t set a = ? where id = ?", List.<@Nullable Object[]>of(row(1, 7L))))
                .isNull();
        assertThat(ArrayStatement.of("update t set a = ? where id = ? and b > 0", List.of(row(1, 7L), row(2, 8L))))
                .isNull();
        assertThat(ArrayStatement.of("delete from t where id = ?", List.of(row(7L), row(8L))))
                .isNull();
        assertThat(ArrayStatement.of("insert into t (a) select ? from u", List.of(row(7L), row(8L))))
                .isNull();
    }

    @Test
    void a_time_that_postgres_would_not_read_is_left_to_the_driver() {
        assertThat(ArrayStatement.of("insert into t (a) values (?)", List.of(row(AT), row(AT.withYear(10_000)))))
                .isNull();
    }

    @Test
    void all_types_arrive_as_they_were() throws SQLException {
        List<@Nullable Object[]> rows = List.of(
                row(1L, "it's \"NULL\", {,} \\ 한국", AT, LocalDate.EPOCH, new BigDecimal("1.50"), 5, true),
                row(2L, null, AT.withNano(0).withSecond(0), null, null, null, null),
                row(3L, "", AT.withYear(9_999), LocalDate.MAX.withYear(9_999), new BigDecimal("10.00"), -5, false));
        DataSource pool = Database.POSTGRESQL.empty();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create temporary table things (id bigint primary key, name varchar(50) collate \"C\","
                            + " at timestamptz, day date, price numeric(10, 2), big integer, on_sale boolean, kind varchar(9))");

            assertThat(execute(INSERT, rows, connection)).isEqualTo(3);
            assertThat(read(statement))
                    .containsExactlyElementsOf(rows.stream().map(Arrays::asList).toList());

            List<@Nullable Object[]> changes = List.of(
                    row("first", 1, null, "NEW", 1L), row(null, 2, null, "NEW", 3L), row("x", 3, null, "OLD", 2L));
            assertThat(execute(UPDATE, changes, connection)).isEqualTo(2);
            assertThat(read(statement).stream().map(found -> found.get(1))).containsExactly("first", null, null);
            assertThat(read(statement).stream().map(found -> found.get(5))).containsExactly(6, null, -3);
        }
    }

    private static int execute(String text, List<@Nullable Object[]> rows, Connection connection) throws SQLException {
        ArrayStatement arrays = Objects.requireNonNull(ArrayStatement.of(text, rows));
        try (PreparedStatement statement = connection.prepareStatement(arrays.text(text))) {
            arrays.bind(statement, connection, 1);
            return statement.executeUpdate();
        }
    }

    private static List<List<@Nullable Object>> read(Statement statement) throws SQLException {
        List<List<@Nullable Object>> found = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("select id, name, at, day, price, big, on_sale from things order by id")) {
            while (rows.next()) {
                found.add(Arrays.asList(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class),
                        rows.getObject(4, LocalDate.class),
                        rows.getBigDecimal(5),
                        rows.getObject(6),
                        rows.getObject(7)));
            }
        }
        return found;
    }
}
