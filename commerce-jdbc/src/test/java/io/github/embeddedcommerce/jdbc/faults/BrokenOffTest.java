package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transactions that never begin, and those that end before their time. */
class BrokenOffTest extends ShopTest {
    @Test
    @Tag("E3")
    @Tag("T8")
    void a_pool_without_a_free_connection_is_trouble_that_changed_nothing_and_is_told() throws SQLException {
        UserId ann = user("ann", 100);
        List<CommerceListener.UseCaseEnded> ended = new ArrayList<>();
        List<CommerceListener.BrokenTransaction> broken = new ArrayList<>();
        try (HikariDataSource small = Database.pool(pool.getJdbcUrl())) {
            small.setMaximumPoolSize(1);
            small.setConnectionTimeout(250);
            CommerceFacade theirs = JdbcCommerce.using(small)
                    .settings(IMPATIENT)
                    .withoutMigration()
                    .clock(clock)
                    .listener(new CommerceListener() {
                        @Override
                        public void useCaseEnded(UseCaseEnded useCase) {
                            ended.add(useCase);
                        }

                        @Override
                        public void transactionBroken(BrokenTransaction transaction) {
                            broken.add(transaction);
                        }
                    })
                    .build();
            try (Connection taken = small.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                assertThatThrownBy(() -> theirs.users().topUp(TopUp.of(ann, won(1))))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.BUSY);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        });
            }
            assertThat(theirs.users().topUp(TopUp.of(ann, won(1))).after()).isEqualTo(won(101));
        }

        assertThat(broken)
                .containsExactly(new CommerceListener.BrokenTransaction("users.topUp", 1, StorageError.BUSY, null));
        assertThat(ended)
                .extracting(CommerceListener.UseCaseEnded::useCase, CommerceListener.UseCaseEnded::error)
                .containsExactly(tuple("users.topUp", StorageError.BUSY), tuple("users.topUp", null));
    }

    @Test
    @Tag("T6")
    void an_error_in_the_work_of_the_host_undoes_all_of_it() {
        UserId ann = user("ann", 100);

        assertThatThrownBy(() -> shop.inTransaction(joined -> {
                    joined.users().topUp(TopUp.of(ann, won(1)));
                    throw new NoClassDefFoundError("a class of the host's");
                }))
                .isInstanceOf(NoClassDefFoundError.class);

        assertThat(shop.users().getBalance(ann)).isEqualTo(won(100));
    }

    @Test
    @Tag("T6")
    void the_work_of_a_transaction_is_handed_the_use_cases_and_not_the_facade_behind_them() {
        Object handedOut = shop.inTransaction(joined -> joined);

        assertThat(handedOut).isInstanceOf(UseCases.class).isNotInstanceOf(CommerceFacade.class);
    }
}
