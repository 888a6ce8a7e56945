package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;

/**
 * A shop whose use cases join transactions of the host's: what it expects of the tables. Immutable.
 *
 * @param currency in which its amounts are read and written
 * @param setup of each transaction that is joined
 */
public record JoinedShop(Dialect dialect, TableNames tables, CurrencyUnit currency, JoinedSetup setup) {
    /** With the SQL of this shop, on connections that are yet to be connected. */
    Jdbi jdbi() {
        return JdbiConfig.set(Jdbi.create(StoreConnection.suppliedLater()), dialect, tables, currency, setup::bounded);
    }
}
