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
     * @param connections A use case takes up to half of them, so that other use cases find one, and those of its calls
     *     that wait are taken together. Of a database that is near it takes a quarter, unless calls wait for long:
     *     calls taken together are less work for its processors
     * @param most how many calls may share a transaction; with 1 no call waits in line
     */
    CallLines(ConnectionSource connections, int most) {
        this.most = most;
        this.mostLanes = Math.max(1, connections.size() / 2);
        int few = Math.max(2, connections.size() / 4);
        this.lanes = areOpen() && few < mostLanes && connections.isNear() ? few : mostLanes;
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
