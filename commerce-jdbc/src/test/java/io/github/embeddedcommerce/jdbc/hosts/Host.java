package io.github.embeddedcommerce.jdbc.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host in one of the four ways in which one can have a shop: it makes calls, each in a transaction of its own. */
interface Host extends AutoCloseable {
    /** Whose pool, and whose transactions. */
    enum Mode {
        OPEN,
        USING,
        WITHIN,
        JOINING
    }

    public <T> T call(Function<CommerceFacade, T> call);

    @Override
    default void close() {}

    /**
     * A host with a shop.
     *
     * @param pool the host's; it has autocommit on or off
     * @param place says where the tables are
     */
    public static Host of(Mode mode, HikariDataSource pool, Clock clock, UnaryOperator<JdbcCommerce> place) {
        return switch (mode) {
            case OPEN ->
                owning(place.apply(JdbcCommerce.open(pool.getJdbcUrl()))
                        .clock(clock)
                        .build());
            case USING ->
                owning(place.apply(JdbcCommerce.using(pool)).clock(clock).build());
            case WITHIN -> within(pool, clock, place);
            case JOINING -> joining(pool, clock, place);
        };
    }

    private static Host owning(CommerceFacade shop) {
        return new Host() {
            @Override
            public <T> T call(Function<CommerceFacade, T> call) {
                return call.apply(shop);
            }

            @Override
            public void close() {
                shop.close();
            }
        };
    }

    private static Host within(HikariDataSource pool, Clock clock, UnaryOperator<JdbcCommerce> place) {
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
        transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        JdbcCommerce opening = place.apply(JdbcCommerce.within(new TransactionAwareDataSourceProxy(pool)));
        if (!pool.isAutoCommit()) {
            opening.inTransactionWhen(TransactionSynchronizationManager::isActualTransactionActive);
        }
        CommerceFacade shop = opening.clock(clock).build();
        return new Host() {
            @Override
            public <T> T call(Function<CommerceFacade, T> call) {
                return transactions.execute(status -> call.apply(shop));
            }
        };
    }

    private static Host joining(HikariDataSource pool, Clock clock, UnaryOperator<JdbcCommerce> place) {
        return new Host() {
            @Override
            public <T> T call(Function<CommerceFacade, T> call) {
                try (Connection connection = pool.getConnection()) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                    connection.setAutoCommit(false);
                    T result = call.apply(place.apply(JdbcCommerce.joining(UntouchableConnection.of(connection)))
                            .clock(clock)
                            .build());
                    connection.commit();
                    return result;
                } catch (SQLException failure) {
                    throw new AssertionError(failure);
                }
            }
        };
    }
}
