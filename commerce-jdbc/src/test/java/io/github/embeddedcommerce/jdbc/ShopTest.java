package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.Patience;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every test of the shop on a database starts from: an empty shop, and a clock to move. After each test the audit
 * must be clean and every connection back in the pool. Each subclass runs on every {@link Database}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Database.class)
abstract class ShopTest {
    /** Hardly waits for a lock, and tries once. */
    static final CommerceSettings IMPATIENT =
            CommerceSettings.defaults().withPatience(new Patience(Duration.ofMillis(100), 1, Duration.ofSeconds(30)));

    final TestClock clock = new TestClock();

    @Parameter
    Database database;

    HikariDataSource pool;
    CommerceFacade shop;

    @BeforeEach
    void open() {
        pool = database.withoutData();
        shop = open(CommerceSettings.defaults());
    }

    @AfterEach
    void everything_adds_up_and_no_connection_is_leaked() {
        assertThat(violations()).isEmpty();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        shop.close();
        pool.close();
    }

    /** What the audit of the shop finds after the test. */
    List<Violation> violations() {
        return shop.jobs().audit().call().violations();
    }

    CommerceFacade open(CommerceSettings settings) {
        return JdbcCommerce.using(pool).settings(settings).clock(clock).build();
    }

    /**
     * Runs a statement behind the shop's back; {@code <commerce>} stands before a table's name, {@code <name>} a
     * constraint's.
     */
    void sql(String statement) {
        if (statement.startsWith("alter")) {
            database.spoil();
        }
        try (Connection connection = pool.getConnection();
                Statement statements = connection.createStatement()) {
            statements.execute(own(statement));
        } catch (SQLException failure) {
            throw new AssertionError(statement, failure);
        }
    }

    /** Makes the call while somebody else has these rows locked, such as {@code users where id = 'ann'}. */
    void whileLocked(String rows, Runnable call) {
        try (Connection other = pool.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(own("select * from <commerce>" + rows + " for update"));
            try {
                call.run();
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new AssertionError(rows, failure);
        }
    }

    /** The statement for the tables of this shop. */
    String own(String statement) {
        Tables tables = Dialect.of(pool).usualTables();
        return statement.replace("<commerce>", tables.qualifier()).replace("<name>", tables.prefix());
    }

    /** The call is refused with this code. */
    static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommerceException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    /** Null, in the place of a value that the compiler would not let a test leave out. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T> T nothing() {
        return null;
    }

    static Money won(long amount) {
        return Money.ofMinor(CurrencyUnit.of("KRW"), amount);
    }

    /** A product on sale with one option of this sku. */
    Product product(String sku, long price, long stock) {
        return shop.products().register(NewProduct.of(sku, "test", won(price)).withOption(sku, stock));
    }

    /** A user with this balance. */
    UserId user(String id, long balance) {
        UserId user = shop.users().register(new UserId(id)).id();
        if (balance > 0) {
            shop.users().charge(user, won(balance));
        }
        return user;
    }
}
