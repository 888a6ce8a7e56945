package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.CommerceSettings.Patience;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.transaction.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of our own: begun, committed or rolled back here, READ COMMITTED, and tried again in a new transaction
 * where the database broke one off. The pause before a new try is exponential backoff with full jitter, as described in
 * "Exponential Backoff And Jitter" (Marc Brooker, AWS Architecture Blog, 2015). Thread-safe.
 */
final class OwningTransactions implements Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(OwningTransactions.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final Patience patience;

    OwningTransactions(Jdbi jdbi, Dialect dialect, Patience patience) {
        this.jdbi = jdbi;
        this.dialect = dialect;
        this.patience = patience;
    }

    @Override
    public boolean owned() {
        return true;
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        long deadline = System.nanoTime() + patience.total().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(useCase, work);
            } catch (StorageException failure) {
                long pause = pauseAfter(attempt);
                if (!canTryAgain(failure) || attempt >= patience.tries() || System.nanoTime() + pause > deadline) {
                    throw failure;
                }
                LOG.debug("{} is tried again after {}", useCase, failure.trouble(), failure);
                LockSupport.parkNanos(pause);
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }

    private <T> T runOnce(String useCase, Function<Stores, T> work) {
        RowLocks locks = new RowLocks();
        boolean committing = false;
        try (Handle handle = jdbi.open()) {
            begin(handle);
            try {
                T result = work.apply(new JdbiStores(handle, locks));
                committing = true;
                handle.commit();
                return result;
            } catch (Throwable failure) {
                rollback(handle, failure);
                throw failure;
            }
        } catch (RuntimeException failure) {
            throw translated(failure, useCase, locks, committing);
        }
    }

    private void begin(Handle handle) {
        if (handle.getTransactionIsolationLevel() != TransactionIsolationLevel.READ_COMMITTED) {
            handle.setTransactionIsolationLevel(TransactionIsolationLevel.READ_COMMITTED);
        }
        handle.begin();
        try {
            dialect.boundLockWaits(handle.getConnection(), patience.lockWait());
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    private static void rollback(Handle handle, Throwable failure) {
        try {
            handle.rollback();
        } catch (RuntimeException rollbackFailed) {
            failure.addSuppressed(rollbackFailed);
        }
    }

    private RuntimeException translated(RuntimeException failure, String useCase, RowLocks locks, boolean committing) {
        return SqlFailure.trouble(failure, dialect)
                .<RuntimeException>map(trouble -> {
                    boolean unknown = committing && trouble == Trouble.CONNECTION_LOST;
                    String waitedFor = locks.waitingFor() == null ? "" : ", waiting for " + locks.waitingFor();
                    return new StorageException(
                            trouble,
                            unknown ? Outcome.UNKNOWN : Outcome.NOTHING_CHANGED,
                            useCase + " failed: " + trouble + waitedFor,
                            failure);
                })
                .orElse(failure);
    }

    /** A unique key was violated because somebody else was faster: the next try sees what they wrote, and decides. */
    private static boolean canTryAgain(StorageException failure) {
        return failure.outcome() == Outcome.NOTHING_CHANGED && failure.trouble() != Trouble.OTHER;
    }

    private static long pauseAfter(int attempt) {
        long ceiling = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(attempt - 1, 20));
        return ThreadLocalRandom.current().nextLong(ceiling + 1);
    }
}
