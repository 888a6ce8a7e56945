package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StockStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

record InMemoryStock(Rows rows, Journal journal) implements StockStore {
    @Override
    public Map<OptionId, StockLevel> find(Collection<OptionId> options) {
        Map<OptionId, StockLevel> levels = new TreeMap<>(rows.levels);
        levels.keySet().retainAll(options);
        return levels;
    }

    @Override
    public Map<OptionId, StockLevel> lock(Collection<OptionId> options) {
        journal.locks(STOCK, options);
        return find(options);
    }

    @Override
    public void insert(List<StockLevel> levels) {
        for (StockLevel level : levels) {
            rows.levels.put(level.option(), level);
            journal.adds(STOCK, level.option(), "stock " + level.option());
        }
    }

    /** As a database would: locks each row as it comes to it, and refuses what its CHECK constraints refuse. */
    @Override
    public void move(List<StockMovement> movements) {
        assertThat(movements.stream().map(StockMovement::option)).isSorted().doesNotHaveDuplicates();
        for (StockMovement movement : movements) {
            StockLevel level = rows.level(movement.option());
            journal.locks(STOCK, List.of(level.option()));
            rows.levels.put(
                    level.option(),
                    new StockLevel(
                            level.option(),
                            level.onHand() + movement.onHand(),
                            level.reserved() + movement.reserved()));
            journal.writesLocked(STOCK, level.option(), "stock " + level.option());
        }
    }

    @Override
    public void record(List<StockChange> changes) {
        for (StockChange change : changes) {
            rows.stockChanges.add(change);
            journal.appends("stock change of " + change.option());
        }
    }

    @Override
    public List<RecordedStockChange> history(OptionId option, long beforeId, int limit) {
        return IntStream.range(0, rows.stockChanges.size())
                .mapToObj(i -> new RecordedStockChange(i + 1L, rows.stockChanges.get(i)))
                .filter(recorded -> recorded.change().option().equals(option) && recorded.id() < beforeId)
                .sorted(Comparator.comparingLong(RecordedStockChange::id).reversed())
                .limit(limit)
                .toList();
    }
}
