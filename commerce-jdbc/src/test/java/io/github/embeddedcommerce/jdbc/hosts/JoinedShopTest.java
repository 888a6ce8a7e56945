package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shop that joins transactions of the host's is checked at its first use, as others are when they are opened. */
@Tag("T10")
@Tag("T6")
class JoinedShopTest extends ShopTest {
    private static final CommerceSettings IN_EUROS = CommerceSettings.defaults().withCurrency(CurrencyUnit.EUR);

    private UserId ann = new UserId("ann");

    @BeforeEach
    void a_user() {
        ann = user("ann", 10_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WITHIN", "JOINING"})
    void another_currency_is_refused_before_anything_is_read_or_written(Mode mode) {
        Contents before = Contents.of(pool);
        try (Host host = Host.of(mode, pool, clock, opening -> opening.settings(IN_EUROS))) {
            for (int time = 0; time < 2; time++) {
                assertRefused(() -> host.call(shop -> shop.users().getBalance(ann)));
                assertRefused(() ->
                        host.call(shop -> shop.users().topUp(TopUp.of(ann, Money.ofMinor(CurrencyUnit.EUR, 500)))));
                assertRefused(() -> host.call(
                        shop -> shop.inTransaction(joined -> joined.users().register(new UserId("bob")))));
            }
        }
        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    private static void assertRefused(Runnable call) {
        refused(ErrorCode.VALIDATION_ERROR, call::run);
        assertThatThrownBy(call::run)
                .hasMessageContaining("currency must be KRW")
                .hasMessageContaining("it is EUR");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WITHIN", "JOINING"})
    void tables_that_are_missing_are_named_with_what_to_do(Mode mode) {
        try (Host host = Host.of(mode, pool, clock, opening -> opening.withPrefix("nowhere_"))) {
            assertThatThrownBy(() -> host.call(shop -> shop.users().register(new UserId("bob"))))
                    .isInstanceOfSatisfying(StorageException.class, failure -> {
                        assertThat(failure.error()).isEqualTo(StorageError.SCHEMA_MISSING);
                        assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK);
                        assertThat(failure).hasMessageContaining("schema().migrate()");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WITHIN", "JOINING"})
    void listeners_hear_of_a_use_case_that_could_not_join(Mode mode) {
        List<UseCaseEnded> heard = new ArrayList<>();
        CommerceListener listener = new CommerceListener() {
            @Override
            public void useCaseEnded(UseCaseEnded ended) {
                heard.add(ended);
            }
        };
        try (Host host = Host.of(
                mode, pool, clock, opening -> opening.withPrefix("nowhere_").listener(listener))) {
            assertThatThrownBy(() -> host.call(shop -> shop.users().topUp(TopUp.of(ann, won(500)))))
                    .isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> host.call(shop -> shop.users().getBalance(ann)))
                    .isInstanceOf(StorageException.class);
        }
        assertThat(heard)
                .extracting(UseCaseEnded::useCase, UseCaseEnded::attempts, UseCaseEnded::error)
                .containsExactly(
                        tuple("users.topUp", 1, StorageError.SCHEMA_MISSING),
                        tuple("users.find", 1, StorageError.SCHEMA_MISSING));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WITHIN", "JOINING"})
    void tables_of_another_version_are_refused_with_what_to_do(Mode mode) {
        sql("update <commerce>shop set version = version + 1");
        try (Host host = Host.of(mode, pool, clock, opening -> opening)) {
            assertThatThrownBy(() -> host.call(shop -> shop.users().register(new UserId("bob"))))
                    .hasMessageContaining("use the version of the library that upgraded them");
        } finally {
            sql("update <commerce>shop set version = version - 1");
        }
    }

    @Test
    void only_a_shop_within_transactions_asks_whether_one_is_running() {
        JdbcCommerce using = JdbcCommerce.using(pool).inTransactionWhen(() -> true);

        refused(ErrorCode.VALIDATION_ERROR, using::build);
    }

    @Test
    void what_the_hosts_word_on_transactions_throws_is_thrown_to_the_caller() {
        CommerceFacade within = JdbcCommerce.within(pool)
                .inTransactionWhen(() -> {
                    throw new IllegalStateException("no transaction manager yet");
                })
                .build();

        assertThatThrownBy(() -> within.users().getBalance(ann)).hasMessage("no transaction manager yet");
    }
}
