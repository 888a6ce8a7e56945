package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of H2 on which a host has several connections. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_FILE"})
class FileOfH2Test extends ShopFixture {
    private UserId ann = new UserId("ann");
    private CommerceFacade other = nothing();

    /** Is told by H2 in the midst of a rollback that a row has been put back, and is free again. */
    public static final class RowPutBack implements Trigger {
        private static volatile Runnable meanwhile = () -> {};

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            meanwhile.run();
        }
    }

    @BeforeEach
    void a_user_and_another_shop_of_the_same_process() throws SQLException {
        ann = user("ann", 1_000);
        other = open(CommerceSettings.defaults());
        try (Connection one = pool.getConnection();
                Connection two = pool.getConnection()) {
            assertThat(one).as("the pool has two at hand").isNotSameAs(two);
        }
    }

    @Test
    @Tag("B5")
    @Tag("T1")
    void what_is_committed_while_a_refused_call_is_rolled_back_is_not_lost() throws Exception {
        FutureTask<BalanceChange> toppingUp =
                new FutureTask<>(() -> other.users().topUp(TopUp.of(ann, won(500))));
        Thread caller = new Thread(toppingUp);
        sql("create trigger <commerce>row_put_back after update, rollback on <commerce>users for each row call '"
                + RowPutBack.class.getName() + "'");
        RowPutBack.meanwhile = () -> {
            if (caller.getState() == Thread.State.NEW) {
                caller.start();
                CallsInLine.await(() -> !caller.isAlive() || waitsForItsTurn(caller));
            }
        };

        refused(
                ErrorCode.INSUFFICIENT_BALANCE,
                () -> shop.users().adjust(AdjustBalance.of(ann, won(-2_000), "too much")));

        assertThat(toppingUp.get().after()).isEqualTo(won(1_500));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_500));
    }

    @Test
    @Tag("E3")
    void a_file_that_an_interrupt_closed_is_opened_again_by_the_next_call(@TempDir Path folder) {
        try (HikariDataSource plain =
                Database.pool("jdbc:h2:file:" + folder.toAbsolutePath().resolve("shop") + ";WRITE_DELAY=0")) {
            CommerceFacade closed = JdbcCommerce.using(plain).build();
            UserId bob = closed.users().register(new UserId("bob")).id();
            assertThat(storageErrorOf(() -> closed.inTransaction(joined -> {
                        joined.users().topUp(TopUp.of(bob, won(1)));
                        Thread.currentThread().interrupt();
                        return joined.users().topUp(TopUp.of(bob, won(2)));
                    })))
                    .isEqualTo(StorageError.INTERRUPTED);
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();

            UserId eve = new UserId("eve");
            assertThat(closed.users().register(eve).id()).isEqualTo(eve);
        }
    }

    @Test
    @Tag("T4")
    @Tag("T8")
    void who_waits_for_its_turn_to_write_gives_up_after_the_lock_wait_and_others_read_meanwhile() throws Exception {
        CommerceFacade impatient = open(IMPATIENT);
        UserId bob = user("bob", 0);
        CountDownLatch wrote = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<BalanceChange> slow = new FutureTask<>(() -> other.inTransaction(joined -> {
            BalanceChange change = joined.users().topUp(TopUp.of(ann, won(500)));
            wrote.countDown();
            CallsInLine.await(() -> goOn.getCount() == 0);
            return change;
        }));
        new Thread(slow).start();
        wrote.await();
        try {
            assertThat(impatient.users().getBalance(ann)).isEqualTo(won(1_000));
            assertThat(storageErrorOf(() -> impatient.users().topUp(TopUp.of(bob, won(1)))))
                    .isEqualTo(StorageError.LOCK_TIMEOUT);
        } finally {
            goOn.countDown();
            slow.get();
        }
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_500));
    }

    private static StorageError storageErrorOf(Runnable call) {
        try {
            call.run();
        } catch (StorageException failure) {
            return failure.error();
        }
        throw new AssertionError("nothing failed");
    }

    private static boolean waitsForItsTurn(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer;
    }
}
