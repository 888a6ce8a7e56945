package io.github.embeddedcommerce.jdbc.plans;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.job.Audit;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An audit looks at each row a few times, whatever the planner believes of the tables. */
@Tag("J5")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class AuditPlansTest {
    private static final int ORDERS = 10_000;
    private static final int CHUNK = 25;
    /** Rows of all tables that an audit looks at for each order, where each chunk is a twentieth of the shop. */
    private static final double MOST_READS = 200;
    /** The same of one statement, of a twentieth or the whole. */
    private static final double MOST_READS_AT_ONCE = 20;

    private static final Pattern NO_HASH = Pattern.compile("Nested Loop|Merge [\\w ]*Join");

    private static ExplainedShop explained = nothing();

    @BeforeParameterizedClassInvocation
    static void fill(Database database) {
        explained = ExplainedShop.of(database, ORDERS);
    }

    @AfterParameterizedClassInvocation
    static void everything_adds_up() throws SQLException {
        explained.close();
    }

    @Parameter
    Database database = nothing();

    /**
     * Nothing is added up anew for each row, whatever the planner believes of the tables: MariaDB calls that lateral.
     */
    @Test
    void an_audit_of_everything_reads_a_chunk_and_what_belongs_to_it_a_few_times() {
        Checkpoint[] behindOrders = {Checkpoint.NONE};
        List<Plan> ofOrders = explained
                .explainer()
                .of(() -> behindOrders(explained.shop(), checkpoint -> behindOrders[0] = checkpoint));
        List<Plan> ofOthers = explained
                .explainer()
                .of(() -> assertThat(explained
                                .shop()
                                .jobs()
                                .audit()
                                .after(behindOrders[0])
                                .inChunksOf(CHUNK)
                                .call()
                                .violations())
                        .isEmpty());

        List<Plan> all = Stream.concat(ofOrders.stream(), ofOthers.stream()).toList();
        assertThat(all).filteredOn(plan -> plan.text().contains("\"lateral\"")).isEmpty();
        assertThat(all.stream().mapToDouble(Plan::rows).sum()).isLessThan(MOST_READS * ORDERS);
    }

    /** As PostgreSQL does where it takes tables for small, because nobody has analyzed them since they grew. */
    @Test
    void an_audit_of_users_with_nested_loops_only_reads_their_orders_a_few_times() {
        if (database != Database.POSTGRESQL) {
            return;
        }
        Checkpoint[] behindOrders = {Checkpoint.NONE};
        behindOrders(explained.unexplained(), checkpoint -> behindOrders[0] = checkpoint);
        CommerceFacade looping = JdbcCommerce.using(new WatchedDataSource(() -> {
                    Connection connection =
                            DriverManager.getConnection(explained.pool().getJdbcUrl());
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("set enable_hashjoin = off; set enable_mergejoin = off");
                    }
                    return explained.explainer().on(connection);
                }))
                .build();
        int[] chunks = {0};
        List<Plan> plans = explained
                .explainer()
                .of(() -> looping.jobs()
                        .audit()
                        .after(behindOrders[0])
                        .inChunksOf(CHUNK)
                        .reporting(checked -> {
                            if (++chunks[0] == 2) {
                                Thread.currentThread().interrupt();
                            }
                        })
                        .call());
        assertThat(Thread.interrupted()).isTrue();
        double orders = CHUNK * (double) ORDERS / explained.many().users();
        assertThat(plans)
                .hasSizeGreaterThan(8)
                .filteredOn(plan -> plan.rows() > MOST_READS * orders)
                .isEmpty();
    }

    /** As PostgreSQL does where they were analyzed when few rows were left of many, and filled since. */
    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    void an_audit_of_tables_that_are_taken_for_much_smaller_reads_each_row_a_few_times(int rows) throws SQLException {
        if (database != Database.POSTGRESQL) {
            return;
        }
        EachTable.of(explained.pool(), EachTable.UNATTENDED + """
                delete from pg_statistic where starelid = one;
                update pg_class set reltuples = %d
                where oid = one or oid in (select indexrelid from pg_index where indrelid = one);
                """.formatted(rows));
        try {
            Audit.Report[] whole = new Audit.Report[1];
            Audit audit = explained.shop().jobs().audit().inChunksOf(ORDERS / 20);
            List<Plan> ofAll = explained.explainer().of(() -> whole[0] = audit.call());
            List<Plan> ofChanges = explained
                    .explainer()
                    .of(() -> assertThat(
                                    audit.after(whole[0].checkpoint()).call().isClean())
                            .isTrue());

            assertThat(whole[0].isClean()).isTrue();
            List<Plan> all = Stream.concat(ofAll.stream(), ofChanges.stream()).toList();
            assertThat(all)
                    .filteredOn(plan -> NO_HASH.matcher(plan.text()).find())
                    .isEmpty();
            assertThat(all)
                    .filteredOn(plan -> plan.rows() > MOST_READS_AT_ONCE * ORDERS)
                    .isEmpty();
            assertThat(all.stream().mapToDouble(Plan::rows).sum()).isLessThan(MOST_READS * ORDERS);
        } finally {
            EachTable.of(explained.pool(), "execute format('alter table %s reset (autovacuum_enabled)', one);");
            execute("analyze");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = explained.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void behindOrders(CommerceFacade audited, Consumer<Checkpoint> kept) {
        audited.jobs()
                .audit()
                .inChunksOf(ORDERS / 20)
                .keeping(kept)
                .reporting(checked -> {
                    if (checked >= ORDERS) {
                        Thread.currentThread().interrupt();
                    }
                })
                .call();
        assertThat(Thread.interrupted()).isTrue();
    }
}
