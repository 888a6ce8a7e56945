package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.error.StorageError.CONNECTION_LOST;
import static io.github.embeddedcommerce.error.StorageException.Outcome.NOTHING_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.fixture.Refusals;
import io.github.embeddedcommerce.fixture.SettableClock;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A shop in memory, for one thread. A transaction works on a copy of the data, which takes the place of the data when
 * the work returns and is forgotten when it throws; what each locked and wrote is in its journal.
 */
public final class InMemoryShop implements Transactions {
    public final SettableClock clock = new SettableClock(Given.NOON);
    public final Faults faults = new Faults();
    private final CommerceSettings settings;
    private final List<Journal> journals = new ArrayList<>();
    private Rows rows = new Rows();
    private boolean owned = true;
    private boolean running;

    public InMemoryShop() {
        this(CommerceSettings.defaults());
    }

    public InMemoryShop(CommerceSettings settings) {
        this.settings = settings;
    }

    /** The door to this shop. */
    public CommerceFacade open() {
        return new CommerceFacade(this, settings, clock, () -> {});
    }

    /** From now on all happens in one transaction of the host's: nothing that was written is ever taken back. */
    public void joinHost() {
        owned = false;
    }

    @Override
    public boolean owned() {
        return owned;
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        assertThat(running).as(useCase + " inside another use case").isFalse();
        running = true;
        try {
            Rows before = rows;
            T result = attempt(useCase, work);
            if (owned && faults.everyTransactionBreaksOffOnce()) {
                rows = before;
                result = attempt(useCase, work);
            }
            return result;
        } finally {
            running = false;
            faults.transactionOver();
        }
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        return run("inTransaction", stores -> work.apply(new Joined(stores, journals.get(journals.size() - 1))));
    }

    /** Several use cases in one transaction. */
    private record Joined(Stores stores, Journal journal) implements Transactions {
        @Override
        public boolean owned() {
            return false;
        }

        @Override
        public <T> T run(String useCase, Function<Stores, T> work) {
            journal.nextUseCase();
            return work.apply(stores);
        }

        @Override
        public <T> T together(Function<Transactions, T> work) {
            return work.apply(this);
        }
    }

    private <T> T attempt(String useCase, Function<Stores, T> work) {
        if (faults.unreachable()) {
            throw new StorageException(CONNECTION_LOST, NOTHING_CHANGED, "nobody there", null);
        }
        Journal journal = new Journal(useCase);
        journals.add(journal);
        Rows begun = owned ? rows.copy() : rows;
        T result = work.apply(new InMemoryStores(begun, journal, this));
        rows = begun;
        journal.commits();
        return result;
    }

    CommerceSettings settings() {
        return settings;
    }

    /** The data as committed. */
    public Rows rows() {
        return rows.copy();
    }

    /** Changes the data behind the shop's back. */
    public void tamper(Consumer<Rows> change) {
        change.accept(rows);
    }

    /** Puts the data back to what {@link #rows} once was. */
    public void restore(Rows then) {
        rows = then;
    }

    /** What the transactions so far did, in their order. */
    public List<Journal> journals() {
        return List.copyOf(journals);
    }

    /** The refusal of this call. Fails if it is not refused for this reason, or if anything at all was written. */
    public CommerceException refused(ErrorCode code, ThrowingCallable call) {
        int before = journals.size();
        CommerceException refusal = Refusals.refused(code, call);
        assertThat(journals.subList(before, journals.size()))
                .allSatisfy(journal ->
                        assertThat(journal.writes()).as(journal.useCase()).isEmpty());
        return refusal;
    }

    /** The refusal of this call. Fails if it did not come before the first look at the data. */
    public CommerceException refusedAtTheDoor(ErrorCode code, ThrowingCallable call) {
        int before = journals.size();
        CommerceException refusal = Refusals.refused(code, call);
        assertThat(journals).hasSize(before);
        return refusal;
    }

    /** Fails if the data breaks an invariant. */
    public void assertSound() {
        assertThat(open().jobs().audit().call().violations()).isEmpty();
    }
}
