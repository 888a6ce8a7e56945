package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.transaction.UseCase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of a shop, one for each use case. Thread-safe. */
final class CallLines {
    private final int lanes;
    private final int mostLanes;
    private final int most;
    private final Map<String, CallLine<?, ?>> lines = new ConcurrentHashMap<>();

    /**
     * @param connections how many there are. A use case takes a quarter of them, and those of its calls that wait are
     *     taken together, which is less work for the database; it takes up to half of them, so that other use cases
     *     find one, for calls that have waited for long
     * @param most how many calls may share a transaction; with 1 no call waits in line
     */
    CallLines(int connections, int most) {
        this.mostLanes = Math.max(1, connections / 2);
        this.lanes = Math.min(mostLanes, Math.max(2, connections / 4));
        this.most = most;
    }

    /** Whether calls wait in line. */
    boolean areOpen() {
        return most > 1;
    }

    @SuppressWarnings("unchecked") // a name stands for one use case, and so for one type of requests and results
    <R, A> CallLine<R, A> of(UseCase<R, A> useCase) {
        return (CallLine<R, A>)
                lines.computeIfAbsent(useCase.name(), name -> new CallLine<R, A>(lanes, mostLanes, most));
    }
}
