package io.github.embeddedcommerce.examples.benchmark.database;

import java.util.List;

/** The databases to measure on. */
public enum Server {
    /** H2 in the memory of this process: no server, and no network. */
    H2("H2 in memory", "jdbc:h2:mem:%2$s", ";DB_CLOSE_DELAY=0;QUERY_CACHE_SIZE=256"),
    /** PostgreSQL, embedded, with the durability it has by default. */
    POSTGRESQL("PostgreSQL", "jdbc:postgresql://localhost:%1$d/%2$s?user=postgres", "&reWriteBatchedInserts=true"),
    /** MariaDB, embedded, with the durability it has by default. */
    MARIADB("MariaDB", "jdbc:mariadb://localhost:%1$d/%2$s?user=root", "&useServerPrepStmts=true");

    /** Statistics of an empty table would stay for as long as plans are cached; autovacuum makes none. */
    private static final String ANALYZE_FILLED = """
            do $$
            declare filled regclass;
            begin
              for filled in
                select oid from pg_class
                where relkind = 'r' and relnamespace <> 'pg_catalog'::regnamespace and pg_relation_size(oid) > 0
              loop
                execute 'analyze ' || filled;
              end loop;
            end $$
            """;

    private final String title;
    private final String url;
    private final String tuning;

    Server(String title, String url, String tuning) {
        this.title = title;
        this.url = url;
        this.tuning = tuning;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** Whether clients reach it over a network. */
    public boolean isRemote() {
        return this != H2;
    }

    String url(int port, String database) {
        return url.formatted(port, database);
    }

    /** What an engineer who knows the driver adds to the URL. */
    String tuning() {
        return tuning;
    }

    /**
     * What the server does by itself within a minute or a few after many rows were written; MariaDB does it at once.
     */
    List<String> housekeeping() {
        return switch (this) {
            case H2 -> List.of("analyze");
            case POSTGRESQL -> List.of(ANALYZE_FILLED, "checkpoint");
            case MARIADB -> List.of();
        };
    }
}
