package io.github.embeddedcommerce.examples.benchmark.measure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.shop.LibraryShop;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.BareShop;
import io.github.embeddedcommerce.examples.benchmark.shop.jpa.JpaShop;
import java.time.Clock;
import java.util.Locale;

/** Who competes. */
public enum Contender {
    /** Hand-written JDBC on the library's tables: what the others are compared with. */
    BARE {
        @Override
        public Shop create(Database database, int poolSize) {
            HikariDataSource pool = database.pool(poolSize);
            LibraryShop.createTables(pool);
            return new BareShop(pool, Clock.systemUTC());
        }

        @Override
        public Shop open(Database database, int poolSize) {
            return new BareShop(database.pool(poolSize), Clock.systemUTC());
        }
    },
    /** A JPA service on tables of its own. */
    JPA {
        @Override
        public Shop create(Database database, int poolSize) {
            return new JpaShop(database.pool(poolSize), Clock.systemUTC(), true);
        }

        @Override
        public Shop open(Database database, int poolSize) {
            return new JpaShop(database.pool(poolSize), Clock.systemUTC(), false);
        }
    },
    /** The library by its public API, opened by a plain URL. */
    LIBRARY {
        @Override
        public Shop open(Database database, int poolSize) {
            return new LibraryShop(database.url(), poolSize, Clock.systemUTC());
        }
    };

    /** Opens its shop on an empty database, and creates the tables. */
    public Shop create(Database database, int poolSize) {
        return open(database, poolSize);
    }

    /** Opens its shop on a database that has the tables. */
    public abstract Shop open(Database database, int poolSize);

    /** As it is called on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
