package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A shop whose names are taken is refused before anything is created, and what has them stays as it is. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
@Tag("D2")
class OccupiedNamesTest {
    private static final int LONGEST_PREFIX = 30;
    private static final int LONGEST_NAME = 63; // of PostgreSQL's; MariaDB takes 64, H2 256

    @Parameter
    Database database;

    private HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void an_empty_database() {
        pool = database.empty();
    }

    @AfterEach
    void no_connection_is_leaked() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
    }

    @Test
    void of_two_prefixes_that_collide_the_second_is_refused_whichever_it_is() {
        secondIsRefused("x_", "x_user_", "table x_user_coupons");
        secondIsRefused("y_user_", "y_", "table y_user_coupons");
    }

    @Test
    void a_prefix_that_begins_another_without_a_name_in_common_is_none_too_many() {
        shop().withPrefix("x_").build();
        shop().withPrefix("x_one_").build();
    }

    @Test
    void a_table_of_the_hosts_is_refused_by_name() {
        run("create table their_orders (id int)");
        run("create view their_stock as select * from their_orders");

        refused("their_", "table their_orders", "table their_stock", "withPrefix");
    }

    @Test
    void an_index_or_a_key_of_the_hosts_is_refused_by_name_where_it_is_in_the_way() {
        run("create table things (id int primary key, parent int,"
                + " constraint their_sku_unique unique (parent),"
                + " constraint their_line_of_order foreign key (parent) references things (id))");
        run("create index their_orders_by_user on things (parent)");

        switch (Dialect.of(pool)) {
            case H2 ->
                refused("their_", "foreign key their_line_of_order, index their_orders_by_user, unique their_sku_un");
            case POSTGRESQL -> refused("their_", "index their_orders_by_user, unique their_sku_unique");
            default -> refused("their_", "foreign key their_line_of_order");
        }
    }

    @Test
    void a_history_of_other_migrations_is_refused() {
        shop().withPrefix("their_").build();
        run("update their_schema_history set " + quoted("script") + " = 'V1__things.sql'");
        run("delete from their_shop");

        refused("their_", "table their_schema_history is the history of other migrations");
    }

    @Test
    void the_longest_prefix_leaves_room_for_every_name() {
        for (Dialect dialect : Dialect.values()) {
            TableNames tables = TableNames.withPrefix("p".repeat(LONGEST_PREFIX));
            SchemaScripts scripts = new SchemaScripts(
                    dialect.scripts(),
                    Map.of("commerce", tables.qualifier(), "name", tables.prefix(), "currency", "", "collation", ""));
            assertThat(scripts.names())
                    .hasSizeGreaterThan(80)
                    .allMatch(name -> name.substring(name.lastIndexOf(' ') + 1).length() <= LONGEST_NAME);
        }
    }

    private void secondIsRefused(String first, String second, String occupied) {
        CommerceFacade shop = shop().withPrefix(first).build();

        refused(second, occupied, "another shop");

        shop().withPrefix(first).schema().verify();
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
    }

    private void refused(String prefix, String... words) {
        List<String> before = tables();
        assertThatThrownBy(() -> shop().withPrefix(prefix).build())
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                    assertThat(refusal.getMessage()).contains(words);
                });
        assertThat(tables()).isEqualTo(before);
    }

    private JdbcCommerce shop() {
        return JdbcCommerce.using(pool);
    }

    private String quoted(String column) {
        return database == Database.MARIADB ? column : "\"" + column + "\"";
    }

    private List<String> tables() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select table_name from information_schema.tables order by table_schema, table_name")) {
            List<String> tables = new ArrayList<>();
            while (row.next()) {
                tables.add(row.getString(1));
            }
            return tables;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }
}
