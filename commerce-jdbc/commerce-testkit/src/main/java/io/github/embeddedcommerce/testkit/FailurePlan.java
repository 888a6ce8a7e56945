package io.github.embeddedcommerce.testkit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The failure that is planned, if any. Thread-safe. */
final class FailurePlan {
    private sealed interface Failure {}

    private record AtStatement(int statementsLeft, Fault fault) implements Failure {}

    private record AtCommit(LostCommit commit) implements Failure {}

    private final AtomicReference<@Nullable Failure> planned = new AtomicReference<>();

    void failAtStatement(int statement, Fault fault) {
        planned.set(new AtStatement(statement, fault));
    }

    void failAtCommit(LostCommit commit) {
        planned.set(new AtCommit(commit));
    }

    void none() {
        planned.set(null);
    }

    boolean isPending() {
        return planned.get() != null;
    }

    /** What happens in the place of the statement that is about to run; null if nothing does. */
    @Nullable
    Fault nextStatement() {
        Failure before = planned.getAndUpdate(failure -> {
            if (!(failure instanceof AtStatement due)) {
                return failure;
            }
            return due.statementsLeft() == 1 ? null : new AtStatement(due.statementsLeft() - 1, due.fault());
        });
        return before instanceof AtStatement due && due.statementsLeft() == 1 ? due.fault() : null;
    }

    /** What becomes of the commit that is about to run; null if nothing is in its way. */
    @Nullable
    LostCommit nextCommit() {
        Failure before = planned.getAndUpdate(failure -> failure instanceof AtCommit ? null : failure);
        return before instanceof AtCommit due ? due.commit() : null;
    }
}
