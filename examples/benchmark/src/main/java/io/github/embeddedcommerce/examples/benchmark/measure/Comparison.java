package io.github.embeddedcommerce.examples.benchmark.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures contenders on the same task, in turn: each round begins with another of them. */
public record Comparison(Effort effort) {
    /** Warms up and measures. Returns a sample a round of each. */
    public Map<Contender, List<Sample>> compare(List<Contestant> contestants, Task task) {
        Map<Contender, List<Sample>> samples = new EnumMap<>(Contender.class);
        for (Contestant contestant : contestants) {
            new Callers().work(contestant, task, effort.warmUp());
            samples.put(contestant.contender(), new ArrayList<>());
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                Contestant contestant = contestants.get((round + turn) % contestants.size());
                Sample sample = new Callers().work(contestant, task, effort.time());
                samples.computeIfAbsent(contestant.contender(), same -> new ArrayList<>())
                        .add(sample);
            }
        }
        return samples;
    }
}
