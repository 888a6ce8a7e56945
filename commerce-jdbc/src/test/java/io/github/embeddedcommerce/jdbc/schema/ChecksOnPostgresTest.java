package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL reads the stored expressions of a table's checks anew for each statement that writes the table. Those of
 * the 14 rules of an order, 22,000 characters, took a third of the time of an update.
 */
class ChecksOnPostgresTest {
    private static final int MOST_CHARACTERS = 4_000;

    @Test
    @Tag("D3")
    void no_statement_reads_long_checks() throws SQLException {
        Map<String, Integer> charactersOfChecks = new TreeMap<>();
        try (HikariDataSource pool = Database.POSTGRESQL.empty()) {
            JdbcCommerce.using(pool).build().close();
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select conrelid::regclass, sum(length(conbin))"
                            + " from pg_constraint where contype = 'c' and connamespace = 'commerce'::regnamespace"
                            + " group by conrelid")) {
                while (row.next()) {
                    charactersOfChecks.put(row.getString(1), row.getInt(2));
                }
            }
        }

        assertThat(charactersOfChecks).containsKeys("commerce.orders", "commerce.stock", "commerce.refunds");
        assertThat(charactersOfChecks.values()).allMatch(characters -> characters < MOST_CHARACTERS);
    }

    @Test
    @Tag("D3")
    void an_error_has_the_whole_name_of_the_rule_where_tools_look_for_it() throws SQLException {
        try (HikariDataSource pool = Database.POSTGRESQL.empty();
                CommerceFacade shop =
                        JdbcCommerce.using(pool).withPrefix("mine_").build();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            shop.users().register(new UserId("ann"));

            assertThatThrownBy(() -> statement.execute("update mine_users set balance = -1"))
                    .hasMessageContaining("violates check constraint \"mine_balance_not_negative\"")
                    .isInstanceOfSatisfying(
                            PSQLException.class,
                            failure -> assertThat(failure.getServerErrorMessage())
                                    .extracting(ServerErrorMessage::getConstraint)
                                    .isEqualTo("mine_balance_not_negative"));
        }
    }
}
