package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.JoinedLockWait;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;

/**
 * A shop whose use cases join transactions of the host's: what it expects of the tables. Immutable.
 *
 * @param currency in which its amounts are read and written
 * @param lockWait how its waits for locks are bounded
 */
public record JoinedShop(Dialect dialect, TableNames tables, CurrencyUnit currency, JoinedLockWait lockWait) {
    /** With the SQL of this shop, on connections that are yet to be connected. */
    Jdbi jdbi() {
        return JdbiConfig.set(
                Jdbi.create(StoreConnection.suppliedLater()), dialect, tables, currency, lockWait::bounded);
    }
}
