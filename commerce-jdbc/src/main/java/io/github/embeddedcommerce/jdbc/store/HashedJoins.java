package io.github.embeddedcommerce.jdbc.store;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;

/**
 * Has PostgreSQL join by hashing, for the rest of a transaction, where it takes a table for a few rows, at most 1,000,
 * that has more than ten times as many. Those that it takes for more are left to it: to read a whole one again and
 * again seems dear to it even then, though it may compare the rows of a chunk with each other one by one. A table that
 * was analyzed when its rows were gone and its pages were not is taken for empty, whatever comes into it, until it is
 * analyzed again. Reading it seems to cost nothing then: so a nested loop reads all of it for each row of another, and
 * a merge join all with the same first column. A hash table is made once.
 */
final class HashedJoins {
    /** What the planner goes by: the rows that were counted, for each page there was then, by the pages of today. */
    private static final String TAKEN_FOR_SMALL = """
            select name, cast(100 + 10 * planned as bigint)
            from (
              select cast(cast(oid as regclass) as text) as name,
                reltuples * pg_relation_size(oid) / nullif(relpages * cast(current_setting('block_size') as float), 0) as planned
              from pg_class where oid in (<tables>)) t
            where planned between 0 and 1000
            """;

    private static final String WHERE_LARGER = """
            select set_config(name, 'off', true)
            from pg_settings
            where name in ('enable_nestloop', 'enable_mergejoin') and (<larger>)
            """;

    private static final String MARK = " /* joined by hashing */";

    private HashedJoins() {}

    /** A table and a number of rows that it has only if it was taken for much smaller. */
    private record Small(String table, long rows) {}

    /**
     * Switches it on for the transaction that is running, if one of these tables is so mistaken.
     *
     * @return a comment to put behind each statement that joins them, for no plan to be used again that was kept of the
     *     same statement before; empty if it is not switched on
     */
    static String switchOn(SqlSession session, Collection<String> tables) {
        if (!session.trustsStatistics()) {
            return "";
        }
        List<Small> small = session.query(
                row -> new Small(row.getString(1), row.getLong(2)),
                TAKEN_FOR_SMALL.replace("<tables>", each("cast('<commerce><table>' as regclass)", ", ", tables)));
        if (small.isEmpty()) {
            return "";
        }
        List<String> names = small.stream().map(Small::table).toList();
        List<String> set = session.query(
                row -> row.getString(1),
                WHERE_LARGER.replace("<larger>", each("exists (select 1 from <table> offset ?)", " or ", names)),
                small.stream().map(Small::rows).toArray());
        return set.isEmpty() ? "" : MARK;
    }

    private static String each(String part, String between, Collection<String> tables) {
        return tables.stream().map(table -> part.replace("<table>", table)).collect(joining(between));
    }
}
