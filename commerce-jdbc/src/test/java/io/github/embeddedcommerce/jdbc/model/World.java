package io.github.embeddedcommerce.jdbc.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.Exports;
import io.github.embeddedcommerce.Figures;
import io.github.embeddedcommerce.Jobs;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.suite.OpenBooks;
import io.github.embeddedcommerce.user.UserId;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shop and its reference, side by side. Every call goes to both, and both must answer the same; then the shop's
 * tables must have what the reference has in mind, and every few changes the audit must be clean. So a refused call
 * that writes something is found, too. Not thread-safe.
 */
final class World {
    /** The random number for a user who is never registered. */
    static final int STRANGER = 4;

    /** The random number for an id that nothing has. */
    static final int UNKNOWN = 99;

    /** An audit costs as much as three calls, and finds no less if it comes a little later. */
    private static final int CHANGES_AN_AUDIT = 4;

    private static final long UNKNOWN_ID = 999_999_999_999L;
    private static final List<String> USERS = List.of("ann", "bob", "ANN", "cy", "nobody");

    /** The use cases: each in a transaction of its own, or in one together. */
    final UseCases shop;

    private final CommerceFacade facade;
    final ReferenceShop expected;
    /** The calls that were made under a key, the latest first. */
    final List<Runnable> keyed = new ArrayList<>();

    private final TestClock clock;
    private final OpenBooks books;
    private final Part part;
    private List<Collection<String>> known = List.of();
    private int changes;

    /** Where somebody is in a list; null if nobody is. */
    BookmarkSteps.@Nullable Bookmark bookmark;

    /** How far the last audit came. */
    Checkpoint checkpoint = Checkpoint.NONE;

    /** What a call is part of. */
    private enum Part {
        /** A transaction of its own. */
        NOTHING,
        /** A transaction of several calls, which takes effect. */
        TRANSACTION,
        /** A transaction of several calls, which is taken back. */
        TAKEN_BACK
    }

    World(CommerceFacade shop, OpenBooks books, TestClock clock) {
        this(shop, shop, books, clock, Part.NOTHING, new ReferenceShop(clock.instant()));
    }

    private World(
            CommerceFacade facade, UseCases shop, OpenBooks books, TestClock clock, Part part, ReferenceShop expected) {
        this.facade = facade;
        this.shop = shop;
        this.books = books;
        this.clock = clock;
        this.part = part;
        this.expected = expected;
    }

    /** The jobs, which are never part of a transaction of several calls. */
    Jobs jobs() {
        return facade.jobs();
    }

    /** Figures, which are never part of a transaction of several calls. */
    Figures figures() {
        return facade.figures();
    }

    /** Exports, which are never part of a transaction of several calls. */
    Exports exports() {
        return facade.exports();
    }

    /** Several calls in one transaction, which takes effect or is taken back. */
    void together(boolean takesEffect, Consumer<World> calls) {
        Part parts = takesEffect ? Part.TRANSACTION : Part.TAKEN_BACK;
        expected.isTogether = true;
        try {
            facade.inTransaction(joined -> {
                calls.accept(new World(facade, joined, books, clock, parts, expected));
                if (!takesEffect) {
                    throw new TakenBack();
                }
                return joined;
            });
        } catch (TakenBack asIntended) {
            assertThat(takesEffect).isFalse();
        } finally {
            expected.isTogether = false;
        }
        assertBooks("transaction");
    }

    private static final class TakenBack extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    /**
     * Calls the shop and the reference, and compares.
     *
     * @param call what is called, for the report of a difference
     * @param told what the shop's answer says, in the words of {@link Told}
     * @param reference answers in the same words; told the shop's answer only for the ids the shop has given, null if
     *     the shop has refused
     */
    <T> void compare(String call, Supplier<T> real, Function<T, String> told, Function<@Nullable T, String> reference) {
        T answer = null;
        String outcome;
        try {
            answer = real.get();
            outcome = told.apply(answer);
        } catch (CommerceException refusal) {
            outcome = "refused: " + refusal.code();
        }
        if (part == Part.TAKEN_BACK) {
            return;
        }
        String expectation;
        try {
            expectation = reference.apply(answer);
        } catch (Refused refusal) {
            expectation = "refused: " + refusal.code();
        }
        assertThat(outcome).as(call).isEqualTo(expectation);
        if (part == Part.NOTHING) {
            assertBooks(call);
        }
    }

    /** The same for a call whose answer has no new ids. */
    <T> void compare(String call, Supplier<T> real, Function<T, String> told, Supplier<String> reference) {
        compare(call, real, told, answer -> reference.get());
    }

    private void assertBooks(String call) {
        Map<String, Collection<String>> now = expected.books();
        now.forEach((query, rows) ->
                assertThat(books.rows(query)).as("after %s: %s", call, query).isEqualTo(List.copyOf(rows)));
        List<Collection<String>> rows = List.copyOf(now.values());
        if (!rows.equals(known) && ++changes % CHANGES_AN_AUDIT == 0) {
            assertThat(books.violations()).as("audit after %s", call).isEmpty();
        }
        known = rows;
    }

    /** Moves the clock to this time, unless that is over. */
    void moveTo(Instant time) {
        if (time.isAfter(clock.instant())) {
            clock.advance(Duration.between(clock.instant(), time));
            expected.now = time;
        }
    }

    /** The user that a random number stands for. */
    static UserId user(int choice) {
        return new UserId(USERS.get(choice));
    }

    /** The id that a random number stands for: the latest for 0, the one before for 1, and so on in a circle. */
    static long pick(int choice, NavigableMap<Long, ?> known) {
        if (known.isEmpty() || choice == UNKNOWN) {
            return UNKNOWN_ID;
        }
        List<Long> latestFirst = new ArrayList<>(known.descendingKeySet());
        return latestFirst.get(choice % latestFirst.size());
    }

    /** The same, but only of what fits, unless nothing does. */
    static <T> long pick(int choice, NavigableMap<Long, T> known, Predicate<T> fits) {
        TreeMap<Long, T> fitting = new TreeMap<>(known);
        fitting.values().removeIf(fits.negate());
        return pick(choice, fitting.isEmpty() ? known : fitting);
    }

    /** An id that the shop has just given: of one kind, later ones are higher. */
    static long given(long id, NavigableMap<Long, ?> known) {
        assertThat(known.isEmpty() || id > known.lastKey())
                .as("id %s is new", id)
                .isTrue();
        return id;
    }

    /** Every instant at which something ends or begins, in the future. */
    List<Instant> turningPoints() {
        List<Instant> points = new ArrayList<>();
        expected.orders.all.values().stream()
                .filter(order -> order.is("PENDING"))
                .forEach(order -> points.add(order.expiresAt));
        for (Map.Entry<Long, ReferenceCoupons.Kind> kind : expected.coupons.kinds.entrySet()) {
            points.add(kind.getValue().until);
            Instant from = kind.getValue().from;
            if (from != null) {
                points.add(from);
            }
        }
        points.removeIf(point -> !point.isAfter(expected.now));
        points.sort(null);
        return points;
    }
}
