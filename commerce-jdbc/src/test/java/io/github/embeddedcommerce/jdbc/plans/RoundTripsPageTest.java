package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of docs/round-trips.md says of every use case what it sends to the database, on every database alike. */
@Tag("T1")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"POSTGRESQL", "MARIADB"})
class RoundTripsPageTest extends EveryUseCase {
    private static final Path PAGE = Path.of("../docs/round-trips.md");
    private static final Path USE_CASES = Path.of("../commerce-core/src/main/java");
    private static final String HEAD = "| to | use case | round trips | which |\n| --- | --- | --- | --- |\n";

    private final RoundTrips trips = new RoundTrips();
    private final List<String> rows = new ArrayList<>();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = RoundTrips.watched(database, pool);
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(settings)
                .clock(clock)
                .listener(trips)
                .build();
        watched.tell(trips);
        return opened;
    }

    @Test
    void the_page_says_what_every_use_case_sends() throws IOException {
        callEveryUseCase();

        String table = HEAD + String.join("\n", rows) + "\n";
        String page = Files.readString(PAGE);
        Matcher old = Pattern.compile("(?s)\\| (?:to|use case) \\|.*\\|\\n").matcher(page);
        String expected = old.replaceFirst(Matcher.quoteReplacement(table));
        Files.writeString(Path.of("target/round-trips.md"), expected);
        assertThat(page)
                .as("the page is out of date: copy target/round-trips.md of this module over it")
                .isEqualTo(expected);
        assertThat(trips.useCases()).as("use cases in the table").containsAll(RoundTrips.useCasesIn(USE_CASES));
    }

    @Override
    void call(String what, Call call) {
        rows.add(trips.row(what, call));
    }

    @Override
    void call(String what, String useCase, int transactions, Call call) {
        rows.add(trips.row(what, useCase, transactions, call));
    }

    @Override
    void callOfSeveral(String what, Call call) {
        rows.add(trips.rowOfAll(what, call));
    }
}
