package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.H2Snapshot;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On H2, too, what is committed while a query runs is in all of its result or in none. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY"})
class ReadsOfOneMomentTest extends ShopFixture {
    private final Set<String> queries = new TreeSet<>();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(settings)
                .clock(clock)
                .callsPerTransaction(CALLS_PER_TRANSACTION)
                .build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (trip.stripLeading().startsWith("select")) {
                    queries.add(trip);
                }
            }
        });
        return opened;
    }

    @Test
    @Tag("J5")
    @Tag("R3")
    void all_tables_of_a_query_are_read_in_the_state_of_one_moment() throws Exception {
        StormCalls calls = new StormCalls(shop, clock, StormStage.in(shop, clock.instant()));
        Storm.of(Stream.of(calls.all(), new StormPayments(shop, calls).all(), new StormAudits(shop).all())
                        .flatMap(List::stream)
                        .toList())
                .blow(1, 2);

        SoftAssertions all = new SoftAssertions();
        try (Connection connection = pool.getConnection()) {
            for (String query : queries) {
                all.assertThat(H2Snapshot.tablesOutside(query, connection))
                        .as(query)
                        .isEmpty();
            }
        }
        all.assertAll();
        assertThat(queries).hasSizeGreaterThan(50);
    }
}
