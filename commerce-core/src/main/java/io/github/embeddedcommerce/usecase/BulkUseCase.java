package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.UseCase;
import java.util.List;
import java.util.function.Supplier;

/** A use case that says what it has decided before it writes it, so that all of it can be written, or nothing. */
public interface BulkUseCase<R, A> extends UseCase<R, A> {
    /**
     * What was decided and is not written yet. Not thread-safe.
     *
     * @param answers accepted or refused, one for each request
     * @param write writes what was accepted, and returns the answers
     * @param release writes nothing, and gives back what was claimed
     */
    record Decision<A>(List<? extends Answer<?>> answers, Supplier<List<Answer<A>>> write, Runnable release) {
        public Decision {
            answers = List.copyOf(answers);
        }
    }

    /** Locks what these requests need, and decides each in its turn. */
    Decision<A> decide(List<R> requests, Stores stores);

    @Override
    default List<Answer<A>> perform(List<R> requests, Stores stores) {
        return decide(requests, stores).write().get();
    }

    /** How many rows of its largest table a request writes. */
    default int size(R request) {
        return 1;
    }
}
