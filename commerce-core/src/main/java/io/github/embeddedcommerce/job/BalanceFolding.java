package io.github.embeddedcommerce.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of folding old balance changes into opening balances, oldest first, a chunk of changes in each transaction.
 *
 * <p>Only the start of a history can be folded. A change whose predecessor is not folded yet, because its user was
 * locked, is folded in a later pass. A run passes over the old changes until a pass folds nothing. Not thread-safe.
 */
final class BalanceFolding {
    private final Transactions transactions;
    private final Instant before;
    private final int chunk;
    private @Nullable BalanceChange last;
    private boolean foldedSinceFirst;

    BalanceFolding(Transactions transactions, Instant before, int chunk) {
        this.transactions = transactions;
        this.before = before;
        this.chunk = chunk;
    }

    /** What one transaction did: the changes it looked at, and how many of them it folded. */
    private record Step(List<BalanceChange> seen, long folded) {}

    /** Folds the next chunk. Returns how many changes it folded, empty if there are none left to fold. */
    OptionalLong foldNext() {
        Step step = transactions.run(PurgeHistory.USE_CASE, stores -> {
            List<BalanceChange> seen = stores.users().oldest(before, last, chunk);
            return new Step(seen, fold(seen, stores));
        });
        if (!step.seen.isEmpty()) {
            last = step.seen.get(step.seen.size() - 1);
            foldedSinceFirst |= step.folded > 0;
            return OptionalLong.of(step.folded);
        }
        boolean again = foldedSinceFirst;
        last = null;
        foldedSinceFirst = false;
        return again ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private static long fold(List<BalanceChange> old, Stores stores) {
        if (old.isEmpty()) {
            return 0;
        }
        SortedMap<UserId, List<BalanceChange>> own =
                old.stream().collect(groupingBy(BalanceChange::user, TreeMap::new, toList()));
        List<OpeningBalance> folded = new ArrayList<>();
        long count = 0;
        for (OpeningBalance figure :
                stores.users().lockOpeningBalances(own.keySet()).values()) {
            OpeningBalance next = figure.fold(own.getOrDefault(figure.user(), List.of()));
            if (!next.equals(figure)) {
                folded.add(next);
                count += next.number() - figure.number();
            }
        }
        if (!folded.isEmpty()) {
            stores.users().fold(folded);
        }
        return count;
    }
}
