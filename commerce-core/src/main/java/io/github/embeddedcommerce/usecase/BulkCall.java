package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.bulk.BulkReport.Row;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.RowKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Performs a use case for many requests in one call. Immutable.
 *
 * @param useCase what is done for each
 * @param name the call's own name, for listeners and error messages
 * @param list what the list is called in the call, for the fields of refusals
 * @param check refuses a request that is malformed
 */
public record BulkCall<R, A>(BulkUseCase<R, A> useCase, String name, String list, Consumer<R> check) {
    /** The most rows of a table that a transaction writes, but for those of one request that has more. */
    private static final int CHUNK = 1_000;

    /** Performs these requests. */
    public BulkReport<A> perform(
            @Nullable List<? extends R> requests, @Nullable BulkMode mode, UseCaseContext context) {
        List<R> rows = Validation.entries(requests, list, 0, BulkReport.MAX_ROWS);
        Validation.size(rows.stream().mapToLong(useCase::size).sum(), list, 0, BulkReport.MAX_ROWS);
        return Validation.required(mode, "mode") == BulkMode.ALL_OR_NOTHING
                ? together(rows, context)
                : each(rows, context);
    }

    /** What was decided, and written if nothing was refused. */
    private record Decided<A>(List<? extends Answer<?>> decided, List<Answer<A>> written) {}

    private BulkReport<A> together(List<R> rows, UseCaseContext context) {
        Set<RowKey> keys = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            R row = rows.get(i);
            Validation.checkPart(path(i), () -> requireSound(row));
            if (isRepeated(row, keys)) {
                throw Validation.refusal(path(i) + ".key", "must differ from that of every other row", Map.of());
            }
        }
        if (rows.isEmpty()) {
            return new BulkReport<>(List.of());
        }
        Decided<A> outcome = context.transactions().run(name, stores -> {
            BulkUseCase.Decision<A> decision = useCase.decide(rows, stores);
            if (decision.answers().stream().allMatch(answer -> answer instanceof Accepted<?>)) {
                return new Decided<A>(decision.answers(), decision.write().get());
            }
            decision.release().run();
            return new Decided<A>(decision.answers(), List.of());
        });
        for (int i = 0; i < rows.size(); i++) {
            Answer<?> answer = outcome.decided.get(i);
            Validation.checkPart(path(i), answer::orThrow);
        }
        return new BulkReport<>(outcome.written.stream().map(BulkCall::row).toList());
    }

    private BulkReport<A> each(List<R> rows, UseCaseContext context) {
        List<Row<A>> report = new ArrayList<>(rows.size());
        StorageException failure = null;
        while (report.size() < rows.size() && failure == null) {
            List<R> chunk = chunk(rows.subList(report.size(), rows.size()));
            try {
                if (context.transactions().owned()) {
                    requireNotInterrupted(report.size());
                }
                report.addAll(performed(chunk, context));
            } catch (StorageException broken) {
                if (!context.transactions().owned()) {
                    throw broken;
                }
                failure = broken;
                chunk.forEach(row -> report.add(new Row.Failed<>(broken)));
            }
        }
        if (failure != null) {
            StorageException notTried = notTried(failure);
            rows.subList(report.size(), rows.size()).forEach(row -> report.add(new Row.Failed<>(notTried)));
        }
        return new BulkReport<>(report);
    }

    /** The first of these rows, as many as fit into one transaction, each with another idempotency key. */
    private List<R> chunk(List<R> rows) {
        Set<RowKey> keys = new HashSet<>();
        int size = 0;
        int length = 0;
        for (R row : rows) {
            size += useCase.size(row);
            if (length > 0 && (size > CHUNK || isRepeated(row, keys))) {
                break;
            }
            isRepeated(row, keys);
            length++;
        }
        return rows.subList(0, length);
    }

    /** Whether a row before had the same idempotency key. Adds its key to those that were seen. */
    private boolean isRepeated(R row, Set<RowKey> keys) {
        return useCase.contended(row).stream().anyMatch(key -> !key.canBeShared() && !keys.add(key));
    }

    private List<Row<A>> performed(List<R> chunk, UseCaseContext context) {
        List<Answer<R>> checked =
                chunk.stream().map(row -> Answer.of(() -> requireSound(row))).toList();
        List<R> sound = checked.stream()
                .filter(answer -> answer instanceof Accepted<R>)
                .map(Answer::orThrow)
                .toList();
        Iterator<Answer<A>> answers = sound.isEmpty()
                ? List.<Answer<A>>of().iterator()
                : context.transactions()
                        .run(name, stores -> useCase.perform(sound, stores))
                        .iterator();
        List<Row<A>> rows = new ArrayList<>(chunk.size());
        for (Answer<R> answer : checked) {
            rows.add(answer instanceof Refused<R> refused ? new Row.Refused<>(refused.refusal()) : row(answers.next()));
        }
        return rows;
    }

    private R requireSound(R row) {
        check.accept(row);
        return row;
    }

    private String path(int row) {
        return list + "[" + row + "]";
    }

    private static <A> Row<A> row(Answer<A> answer) {
        return answer instanceof Refused<A> refused
                ? new Row.Refused<>(refused.refusal())
                : new Row.Done<>(answer.orThrow());
    }

    private void requireNotInterrupted(int done) {
        if (Thread.currentThread().isInterrupted()) {
            throw new StorageException(
                    StorageError.INTERRUPTED,
                    Outcome.NOTHING_CHANGED,
                    name + " was interrupted after " + done + " rows",
                    null);
        }
    }

    private StorageException notTried(StorageException failure) {
        return new StorageException(
                failure.error(),
                Outcome.NOTHING_CHANGED,
                name + " did not come to this row, because it failed at one before",
                failure);
    }
}
