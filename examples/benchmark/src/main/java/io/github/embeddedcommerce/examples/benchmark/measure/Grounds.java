package io.github.embeddedcommerce.examples.benchmark.measure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.database.Network;
import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.database.Servers;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.LibraryShop;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The contenders on one server, each with a filled database of its own. Not thread-safe. */
public final class Grounds implements AutoCloseable {
    private final Server server;
    private final Map<Contender, Database> databases = new EnumMap<>(Contender.class);
    private final List<Contestant> contestants = new ArrayList<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private Grounds(Server server) {
        this.server = server;
    }

    /** Creates their databases and fills each so. */
    public static Grounds create(
            Servers servers, Server server, List<Contender> contenders, int poolSize, Filling filling) {
        Grounds grounds = new Grounds(server);
        for (Contender contender : contenders) {
            Database database = servers.newDatabase(server);
            Shop shop = contender.create(database, poolSize);
            grounds.closing.push(shop::close);
            Catalog catalog = new Stocking(database, shop).fill(filling);
            grounds.databases.put(contender, database);
            grounds.contestants.add(Contestant.of(contender, shop, catalog));
        }
        return grounds;
    }

    /** Which server. */
    public Server server() {
        return server;
    }

    /** The contenders without a network. */
    public List<Contestant> contestants() {
        return List.copyOf(contestants);
    }

    /** How much the library's audit finds to be wrong in its own tables, and in those that were written by hand. */
    public long violations() {
        long violations = 0;
        for (Contender contender : databases.keySet()) {
            Database database = databases.get(contender);
            if (database != null && contender != Contender.JPA) {
                try (HikariDataSource pool = database.pool(2)) {
                    violations += LibraryShop.violations(pool);
                }
            }
        }
        return violations;
    }

    /** Opens further shops on the same databases, each behind a network of its own. */
    public Behind behind(Duration delayEachWay, int poolSize) {
        Deque<Runnable> closingNetworks = new ArrayDeque<>();
        List<Contestant> behind = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Contender contender = contestant.contender();
            Database database = databases.get(contender);
            if (database != null) {
                Network network = Network.before(database.port(), delayEachWay);
                closingNetworks.push(network::close);
                Shop shop = contender.open(database.at(network.port()), poolSize);
                closingNetworks.push(shop::close);
                behind.add(contestant.by(shop, network::roundTrips));
            }
        }
        return new Behind(behind, closingNetworks);
    }

    /** Contenders behind a network. */
    public record Behind(List<Contestant> contestants, Deque<Runnable> closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.forEach(Runnable::run);
        }
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
