package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A shop for a test: the facade that the code under test is given, a clock to set, test data, and a database that fails
 * on demand.
 *
 * <pre>{@code
 * try (TestShop shop = TestShop.inMemory()) {
 *     UserId ann = shop.given().user("ann").withBalance(50_000).registered();
 *     OptionId mug = shop.given().product("MUG").priced(12_000).stocked(10).option();
 *     codeUnderTest(shop.facade()).buy(ann, mug);
 *     shop.assertConsistent();
 * }
 * }</pre>
 *
 * <p>As thread-safe as the shop is: its facade, clock and database may be used by several threads.
 */
public final class TestShop implements AutoCloseable {
    /** When a test begins, by its clock: 2026-01-01T00:00:00Z. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final FailingDataSource database;
    private final CommerceFacade facade;
    private final Given given;
    private final AutoCloseable onClose;

    private TestShop(DataSource database, CommerceSettings settings, AutoCloseable onClose) {
        this.database = new FailingDataSource(Objects.requireNonNull(database, "database"));
        this.facade = JdbcCommerce.using(this.database)
                .settings(settings)
                .clock(clock)
                .build();
        this.given = new Given(facade, settings.currency(), clock);
        this.onClose = onClose;
    }

    /** An empty shop on a database of its own in memory, with the default settings. It is gone when it is closed. */
    public static TestShop inMemory() {
        return inMemory(CommerceSettings.defaults());
    }

    /** The same with these settings. */
    public static TestShop inMemory(CommerceSettings settings) {
        MemoryDatabase memory = new MemoryDatabase();
        return new TestShop(memory, settings, memory);
    }

    /**
     * A shop on a database of the host's, such as PostgreSQL in a container, in its usual tables. They are created if
     * they are not there, and neither emptied nor removed: whoever shares the database between tests gives each user
     * and product a name of its own.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link JdbcCommerce#build} throws it
     * @throws io.github.embeddedcommerce.error.StorageException if the database cannot be reached
     */
    public static TestShop on(DataSource database, CommerceSettings settings) {
        return new TestShop(database, settings, () -> {});
    }

    /** What the code under test is given. */
    public CommerceFacade facade() {
        return facade;
    }

    /** What time it is in the shop. It stands still at {@link #START} until it is set. */
    public SettableClock clock() {
        return clock;
    }

    /** The database, which works until it is told to fail; for SQL of the test's own, too. */
    public FailingDataSource database() {
        return database;
    }

    /** Products, users, coupons and orders to start from. */
    public Given given() {
        return given;
    }

    /**
     * The audit as an assertion: every invariant of the shop holds.
     *
     * @throws AssertionError if one does not, with the invariants that are broken and the rows concerned
     */
    public void assertConsistent() {
        assertConsistent(facade);
    }

    /**
     * The same for a shop that was opened in another way.
     *
     * @throws AssertionError if an invariant does not hold
     */
    public static void assertConsistent(CommerceFacade shop) {
        List<Violation> violations = shop.jobs().audit().call().violations();
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.stream()
                    .map(violation -> violation.invariant() + " " + violation.row())
                    .collect(Collectors.joining("\n  ", "the books of the shop are not in order:\n  ", "")));
        }
    }

    /** Closes the shop, and its database if that is in memory. */
    @Override
    public void close() {
        try (onClose) {
            facade.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("the database of the test could not be closed", failure);
        }
    }
}
