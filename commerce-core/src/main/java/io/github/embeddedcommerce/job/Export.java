package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands every row of a kind to a sink, in the order of their ids, a page at a time. Each page is a short transaction of
 * its own that has ended when the sink is called: so a slow sink holds no connection and no lock, and there is nothing
 * to close. No more than a page is in memory.
 *
 * <p>While the shop goes on selling: whatever was committed when the export began is handed over exactly once, unless
 * it is deleted meanwhile, as it is when its page is read. What comes later may be handed over or not; nothing is
 * handed over twice. Rows of different pages may be of different moments.
 *
 * <p>If the thread is interrupted, the run stops before the next page. Whatever the sink throws ends the run and is
 * thrown. Immutable, and as thread-safe as the sink.
 *
 * @param <T> what is handed over
 */
public final class Export<T> implements Callable<Export.Result> {
    /** The default number of rows in a page. */
    public static final int DEFAULT_PAGE = 500;

    private final Transactions transactions;
    private final Source<T> source;
    private final Consumer<? super T> sink;
    private final Run run;

    /**
     * Where the rows are read from.
     *
     * @param useCase the name of a read, for listeners and error messages
     * @param pages reads them
     */
    public record Source<T>(String useCase, Pages<T> pages) {}

    /** Reads pages. */
    public interface Pages<T> {
        /** The rows behind this one, fewer than the limit only if there are no more. Null to begin with the first. */
        List<T> after(@Nullable T last, int limit, Stores stores);
    }

    private record Run(int page, LongConsumer progress) {}

    /** Applications call a method of {@code exports()}. */
    public Export(Transactions transactions, Source<T> source, Consumer<? super T> sink) {
        this(transactions, source, sink, new Run(DEFAULT_PAGE, exported -> {}));
    }

    private Export(Transactions transactions, Source<T> source, Consumer<? super T> sink, Run run) {
        this.transactions = transactions;
        this.source = source;
        this.sink = Validation.required(sink, "sink");
        this.run = run;
    }

    /**
     * The result of one run. Immutable.
     *
     * @param exported how many rows the sink was handed
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(long exported, boolean interrupted) {}

    /**
     * The same with another number of rows in a page; of lines, the orders they belong to are counted.
     *
     * @param rows 1 to {@value PageRequest#MAX_SIZE}; default {@value #DEFAULT_PAGE}
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if out of range
     */
    public Export<T> inPagesOf(int rows) {
        Validation.range(rows, "rows", 1, PageRequest.MAX_SIZE);
        return new Export<>(transactions, source, sink, new Run(rows, run.progress));
    }

    /** The same, calling this listener after every page with the number of rows handed over so far. */
    public Export<T> reporting(LongConsumer listener) {
        return new Export<>(transactions, source, sink, new Run(run.page, Validation.required(listener, "listener")));
    }

    /**
     * Exports the rows.
     *
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    @Override
    public Result call() {
        long exported = 0;
        T last = null;
        while (!Thread.currentThread().isInterrupted()) {
            T behind = last;
            List<T> page = transactions.run(source.useCase, stores -> source.pages.after(behind, run.page, stores));
            page.forEach(sink);
            exported += page.size();
            run.progress.accept(exported);
            if (page.size() < run.page) {
                return new Result(exported, false);
            }
            last = page.get(page.size() - 1);
        }
        return new Result(exported, true);
    }
}
