package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the calls of one buyer: writes each down, makes it again with its key until it is answered, now and then once
 * more after that, and writes the answer down. Not thread-safe.
 */
final class Clerk {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final CommerceFacade shop;
    private final Collection<Call> open;
    private final Journal journal;
    private final Journal tally;
    private final Random random;

    Clerk(CommerceFacade shop, Path journal, Journal tally, Random random) {
        this.shop = shop;
        this.journal = Journal.goOn(journal);
        this.open = Journal.read(journal, new Nobody());
        this.tally = tally;
        this.random = random;
    }

    /** Makes all the calls again that were not answered when the one who kept this journal died. */
    void resume() {
        for (Call call : open) {
            insist(call);
            tally.add("resumed " + call.kind());
        }
    }

    /** Empty if it is refused. */
    Optional<String> ask(Call call) {
        journal.asked(call);
        return insist(call);
    }

    private Optional<String> insist(Call call) {
        long begun = System.nanoTime();
        while (true) {
            try {
                String answer = call.make(shop);
                journal.answered(call, answer);
                if (random.nextInt(20) == 0) {
                    askAgain(call, answer);
                }
                return Optional.of(answer);
            } catch (CommerceException refusal) {
                if (!call.kind().mayBeRefused(refusal.code())) {
                    throw new IllegalStateException("refused without reason: " + call, refusal);
                }
                journal.refused(call, refusal.code());
                return Optional.empty();
            } catch (StorageException error) {
                pause(call, begun, error);
            }
        }
    }

    /** What has been answered is answered alike, whatever has become of it since. */
    private void askAgain(Call call, String answer) {
        if (call.kind() == Call.Kind.ISSUE) {
            return;
        }
        long begun = System.nanoTime();
        while (true) {
            try {
                String again = call.make(shop);
                if (!again.equals(answer)) {
                    throw new IllegalStateException(call + " came to " + answer + ", and then to " + again);
                }
                return;
            } catch (CommerceException refusal) {
                throw new IllegalStateException(call + " came to " + answer + ", and then was refused", refusal);
            } catch (StorageException error) {
                pause(call, begun, error);
            }
        }
    }

    private void pause(Call call, long begun, StorageException error) {
        tally.add("retried " + error.error() + " " + error.outcome() + " " + call.kind());
        boolean patient = System.nanoTime() - begun < PATIENCE.toNanos();
        if (error.error() == StorageError.OTHER || !patient) {
            throw new IllegalStateException("no answer to " + call, error);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private static final class Nobody implements Journal.Reader {
        @Override
        public void answered(Call call, String answer) {}

        @Override
        public void refused(Call call, ErrorCode code) {}
    }
}
