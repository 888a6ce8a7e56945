package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Folding the beginning of balance histories into opening figures, in SQL. */
interface OpeningBalanceSql {
    @SqlQuery("""
            select * from <commerce>balance_changes
            where changed_at < :before
            order by changed_at, user_id, number
            fetch first :limit rows only
            """)
    List<BalanceChange> oldest(Instant before, int limit);

    @SqlQuery("""
            select * from <commerce>balance_changes
            where changed_at < :before and changed_at >= :at
              and (changed_at > :at or user_id > :user or (user_id = :user and number > :number))
            order by changed_at, user_id, number
            fetch first :limit rows only
            """)
    List<BalanceChange> oldestAfter(Instant before, Instant at, UserId user, long number, int limit);

    @SqlQuery("""
            select id, opening_number, opening_balance, opening_paid, opening_refunded from <commerce>users
            where id in (<ids>)
            order by id
            for update skip locked
            """)
    List<OpeningBalance> lock(@BindList Collection<UserId> ids);

    @SqlBatch("""
            update <commerce>users
            set opening_number = :number, opening_balance = :balance, opening_paid = :paid, opening_refunded = :refunded
            where id = :user
            """)
    int[] write(@BindMethods List<OpeningBalance> figures);

    @SqlBatch("delete from <commerce>balance_changes where user_id = :user and number <= :number")
    void removeFolded(@BindMethods List<OpeningBalance> figures);

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(
                OpeningBalance.class,
                (row, context) -> new OpeningBalance(
                        new UserId(row.getString("id")),
                        row.getLong("opening_number"),
                        columns.money(row, "opening_balance"),
                        columns.money(row, "opening_paid"),
                        columns.money(row, "opening_refunded")));
    }
}
