package io.github.embeddedcommerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@ExtendWith(CommerceExtension.class)
class CommerceExtensionTest {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private final List<UserId> before = new ArrayList<>();

    @BeforeEach
    void somebody(Given given) {
        before.add(given.user("ann").withBalance(5_000).registered());
    }

    @Test
    void all_parameters_are_of_one_shop_which_is_that_of_before_each(
            TestShop test, CommerceFacade shop, SettableClock clock, FailingDataSource database, Given given) {
        assertThat(test.facade()).isSameAs(shop);
        assertThat(test.clock()).isSameAs(clock);
        assertThat(test.database()).isSameAs(database);
        assertThat(test.given()).isSameAs(given);
        assertThat(shop.users().getBalance(before.get(0))).isEqualTo(Money.ofMinor(KRW, 5_000));
    }

    @Test
    void each_test_has_a_shop_of_its_own(CommerceFacade shop, Given given) {
        OptionId mug = given.product("MUG").option();
        Order order = given.order(before.get(0)).of(mug, 1).paid();

        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        assertThat(shop.users().getBalance(before.get(0))).isEqualTo(Money.ofMinor(KRW, 4_000));
    }

    @Test
    void what_the_test_left_planned_does_not_hit_the_audit(FailingDataSource database) {
        database.failAtStatement(1, Fault.CONNECTION_LOST);
    }

    @Test
    void a_test_that_leaves_damage_fails_and_one_that_asks_for_too_much_too() {
        TestExecutionSummary summary = run(DamagingTests.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(summary.getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .hasSize(1)
                .allMatch(name -> name.startsWith("damages"));
        assertThat(summary.getFailures().get(0).getException())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the books of the shop are not in order");

        assertThat(run(TestsOfAConstructor.class).getFailures())
                .extracting(failure -> String.valueOf(failure.getException().getMessage()))
                .hasSize(1)
                .allMatch(message -> message.contains("No ParameterResolver"));
    }

    private static TestExecutionSummary run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    /** Run by a test above. */
    static class DamagingTests {
        @RegisterExtension
        static final CommerceExtension COMMERCE =
                CommerceExtension.with(CommerceSettings.defaults().withCurrency(CurrencyUnit.of("EUR")));

        @Test
        void damages(FailingDataSource database, Given given) throws SQLException {
            given.user("ann").withBalance(5).registered();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update commerce.users set balance = 6");
            }
        }

        @Test
        void pays_in_its_currency(CommerceFacade shop, Given given) {
            UserId ann = given.user("ann").registered();
            shop.users().topUp(TopUp.of(ann, Money.ofMinor(CurrencyUnit.of("EUR"), 1)));
        }

        @Test
        void asks_for_no_shop() {}
    }

    /** Run by a test above. */
    @ExtendWith(CommerceExtension.class)
    static class TestsOfAConstructor {
        TestsOfAConstructor(CommerceFacade shop) throws StorageException {
            shop.close();
        }

        @Test
        void never_run() {}
    }
}
