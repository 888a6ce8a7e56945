package io.github.embeddedcommerce.jdbc.crashes;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.nothing;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.crashes.Call.Kind;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.user.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The torture fails on a server that does not keep what it commits, and on calls that are done twice. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
class BrokenPromisesTest {
    private static final UserId BUYER = Stage.rich().findFirst().orElseThrow();

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private HikariDataSource pool = nothing();
    private Torture torture = nothing();
    private Stage stage = nothing();

    @BeforeEach
    void a_shop_that_keeps_its_promises() throws Exception {
        pool = database.empty();
        torture = new Torture(pool.getJdbcUrl(), folder);
        torture.setUp(1);
        stage = Stage.read(folder.resolve("stage"));
        torture.checkAfterKill();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void what_was_answered_and_is_gone_is_noticed() throws Exception {
        Path lane = torture.lanes().resolve("1");
        try (Connection connection = pool.getConnection();
                Journal tally = Journal.shared(folder.resolve("tally"))) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            CommerceFacade shop =
                    JdbcCommerce.joining(connection).settings(Stage.settings()).build();
            Clerk clerk = new Clerk(shop, lane, tally, new Random());
            calls().forEach(clerk::ask);
            connection.rollback();
        }

        assertThatThrownBy(torture::checkAfterKill)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("orders lost")
                .hasMessageContaining("changes of " + BUYER + " lost")
                .hasMessageContaining("coupons lost");
    }

    @Test
    void what_nobody_was_answered_or_waits_for_is_noticed() {
        try (CommerceFacade shop =
                JdbcCommerce.open(pool.getJdbcUrl()).settings(Stage.settings()).build()) {
            calls().forEach(call -> call.make(shop));
        }

        assertThatThrownBy(torture::checkAfterKill)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("orders that nobody was answered")
                .hasMessageContaining("balance change nobody asked for")
                .hasMessageContaining("coupons that nobody was answered")
                .hasMessageContaining("1 more keys than answers of orders.place");
    }

    private Stream<Call> calls() {
        return Stream.of(
                Call.of(Kind.CHARGE, BUYER, 1_000),
                Call.of(Kind.PLACE, BUYER, stage.plenty().get(0) + ":1"),
                Call.of(Kind.ISSUE, BUYER, stage.unlimited().get(0)));
    }
}
