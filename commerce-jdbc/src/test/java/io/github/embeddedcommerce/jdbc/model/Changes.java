package io.github.embeddedcommerce.jdbc.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import net.jqwik.api.state.ChangeDetector;

/** Finds the steps that change nothing, which a failing sequence is most likely to do without. */
final class Changes implements ChangeDetector<World> {
    private Map<String, Collection<String>> books = Map.of();
    private Instant now = Instant.MIN;

    @Override
    public void before(World world) {
        books = world.expected.books();
        now = world.expected.now;
    }

    @Override
    public boolean hasChanged(World world) {
        return !now.equals(world.expected.now) || !books.equals(world.expected.books());
    }
}
