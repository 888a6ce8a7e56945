package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.testkit.TestShop;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** existing-schema.md. */
class ExistingSchemaTest {
    static CommerceFacade besideYourTables(DataSource pool) {
        return JdbcCommerce.using(pool).withPrefix("shop_").build();
    }

    static void writeMigration(DataSource pool, Path file) throws IOException {
        JdbcCommerce.using(pool).withPrefix("shop_").schema().writeSql(file);
    }

    static CommerceFacade migratedByYou(DataSource pool) {
        return JdbcCommerce.using(pool).withPrefix("shop_").withoutMigration().build();
    }

    static Order placeWithNote(Connection connection, UserId ann, OptionId mug, String note) throws SQLException {
        connection.setAutoCommit(false);
        try (CommerceFacade shop = JdbcCommerce.joining(connection).build();
                PreparedStatement notes =
                        connection.prepareStatement("insert into delivery_notes (order_id, note) values (?, ?)")) {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            notes.setLong(1, order.id().value());
            notes.setString(2, note);
            notes.executeUpdate();
            connection.commit();
            return order;
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
        }
    }

    @Test
    void tables_with_a_prefix_stand_beside_those_of_the_host(@TempDir Path folder) throws Exception {
        try (TestShop host = TestShop.inMemory()) {
            DataSource pool = host.database();
            run(pool, "create table users (name varchar(10))");
            besideYourTables(pool).close();
            migratedByYou(pool).close();
            Path script = folder.resolve("V7__shop.sql");
            writeMigration(pool, script);

            assertThat(Files.readString(script))
                    .contains("create table shop_users")
                    .doesNotContain("create table commerce");
        }
    }

    @Test
    void a_row_of_the_host_is_committed_with_the_order_or_not_at_all() throws SQLException {
        try (TestShop host = TestShop.inMemory()) {
            UserId ann = host.given().user("ann").registered();
            OptionId mug = host.given().product("MUG").stocked(1).option();
            run(host.database(), "create table delivery_notes (order_id bigint, note varchar(20) not null)");

            try (Connection connection = host.database().getConnection()) {
                placeWithNote(connection, ann, mug, "ring twice");
            }
            try (Connection connection = host.database().getConnection()) {
                placeWithNote(connection, ann, mug, "too late");
            } catch (CommerceException soldOut) {
                assertThat(soldOut.values()).containsEntry("available", 0L);
            }
            assertThat(count(host.database(), "select count(*) from delivery_notes"))
                    .isEqualTo(1);
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
