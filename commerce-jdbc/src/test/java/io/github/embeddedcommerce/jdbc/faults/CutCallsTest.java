package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import java.util.function.Supplier;

/** Calls whose connection breaks at every round trip: each has happened or not, says which, and can be made again. */
abstract class CutCallsTest extends CutTest {
    /** What is done to the shop whose connections are cut. */
    public interface Call {
        void make(CommerceFacade shop);
    }

    public void everywhere(Supplier<Call> prepared) {
        CommerceFacade once = cutOnce();
        CommerceFacade again = cutAndTriedAgain();
        for (boolean before : new boolean[] {true, false}) {
            int trip = 1;
            while (isCut(prepared.get(), once, trip, before)) {
                isCut(prepared.get(), again, trip, before);
                trip++;
            }
            assertThat(trip).isGreaterThan(3);
        }
        assertThat(violations()).isEmpty();
    }

    /** Cuts the connection once. False if the call needs fewer trips than that. */
    private boolean isCut(Call call, CommerceFacade cutShop, int trip, boolean before) {
        Contents untouched = Contents.of(pool);
        scissors.cut(trip, before);
        StorageException failure = null;
        try {
            call.make(cutShop);
        } catch (StorageException lost) {
            failure = lost;
        }
        boolean cut = !scissors.isArmed();
        scissors.rest();
        if (failure == null) {
            assertThat(Contents.of(pool)).isNotEqualTo(untouched);
            return cut;
        }
        assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
        boolean done = !Contents.of(pool).equals(untouched);
        assertThat(done).isEqualTo(scissors.atCommit() && !before);
        assertThat(failure.outcome()).isEqualTo(scissors.atCommit() ? Outcome.UNKNOWN : Outcome.NOTHING_CHANGED);
        if (!done) {
            call.make(cutShop);
            assertThat(Contents.of(pool)).isNotEqualTo(untouched);
        }
        return cut;
    }
}
