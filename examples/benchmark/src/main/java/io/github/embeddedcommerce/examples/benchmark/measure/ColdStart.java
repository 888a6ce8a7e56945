package io.github.embeddedcommerce.examples.benchmark.measure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.BareShop;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;

/** A process that opens a shop, places an order, and says how many milliseconds it took since it was started. */
final class ColdStart {
    static final Filling FILLING = new Filling(1, 1, 1, 0);
    private static final int POOL = 10;

    private ColdStart() {}

    /**
     * Arguments: contender, server, port, database, script of the tables; and an option, where the tables are there.
     */
    public static void main(String[] args) throws SQLException {
        Contender contender = Contender.valueOf(args[0]);
        Database database = new Database(Server.valueOf(args[1]), Integer.parseInt(args[2]), args[3]);
        boolean filled = args.length > 5;
        try (Shop shop = filled ? contender.open(database, POOL) : create(contender, database, args[4])) {
            long option = filled
                    ? Long.parseLong(args[5])
                    : new Stocking(database, shop).fill(FILLING).options().get(0);
            shop.place(Filling.user(0), new long[] {option}, null);
            System.out.println(System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime());
        }
    }

    /** By hand the tables are made from a script: whoever writes JDBC by hand has one. */
    private static Shop create(Contender contender, Database database, String script) throws SQLException {
        if (contender != Contender.BARE) {
            return contender.create(database, POOL);
        }
        HikariDataSource pool = database.pool(POOL);
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("runscript from ?")) {
            statement.setString(1, script);
            statement.execute();
            connection.commit();
        }
        return new BareShop(pool, Clock.systemUTC());
    }
}
