package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.database.Servers;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures jobs, in turn, without a network, each on databases of its own.
 *
 * @param effort how often each is measured; calls with many products, also for how long and after which warm-up
 * @param orders how many orders are overdue, or paid
 * @param results who is told
 */
public record JobMeasuring(Servers servers, Effort effort, int orders, Consumer<Result> results) {
    private static final Filling FILLING = new Filling(1_000, 1_000, 1, 0);
    private static final int LINES = 10;
    private static final int POOL = 10;
    private static final int WARM_UP = 10;
    private static final int AT_ONCE = 1_000;

    /** Measures these jobs of these contenders on one server. */
    public void measure(Server server, List<Contender> contenders, List<Job> jobs) {
        for (Job job : jobs) {
            Map<Contender, List<Sample>> samples = switch (job) {
                case EXPIRE_OVERDUE -> onShops(server, contenders, this::expiry);
                case SNAPSHOT -> onShops(server, contenders, this::snapshots);
                case REGISTER_MANY -> onShops(server, contenders, this::registering);
                case CHANGE_MANY -> onShops(server, contenders, this::changing);
                case RECEIVE_MANY -> onShops(server, contenders, this::receiving);
                case COLD_START -> new ColdStarts(servers, effort.rounds()).measure(server, contenders);
            };
            results.accept(new Result(server, Duration.ZERO, job.toString(), 1, samples, Map.of()));
        }
    }

    private record Prepared(Shop shop, Stocking stocking, Catalog catalog) {}

    /** One round of a job. */
    private interface Round {
        Sample run();
    }

    private Map<Contender, List<Sample>> onShops(
            Server server, List<Contender> contenders, Function<Prepared, Round> prepare) {
        Map<Contender, List<Sample>> samples = new TreeMap<>();
        Map<Contender, Round> jobs = new TreeMap<>();
        List<Shop> open = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                Database database = servers.newDatabase(server);
                Shop shop = contender.create(database, POOL);
                open.add(shop);
                Stocking stocking = new Stocking(database, shop);
                jobs.put(contender, prepare.apply(new Prepared(shop, stocking, stocking.fill(FILLING))));
            }
            for (int round = 0; round < effort.rounds(); round++) {
                jobs.forEach((contender, job) -> samples.computeIfAbsent(contender, same -> new ArrayList<>())
                        .add(job.run()));
            }
        } finally {
            open.forEach(Shop::close);
        }
        return samples;
    }

    private Round expiry(Prepared prepared) {
        expire(prepared, orders / WARM_UP);
        return () -> expire(prepared, orders);
    }

    private static Sample expire(Prepared prepared, int orders) {
        prepared.stocking.addOverdue(prepared.catalog, orders);
        return timed(() -> {
            long expired = prepared.shop.expireOverdue();
            if (expired != orders) {
                throw new IllegalStateException(expired + " orders expired, and not " + orders);
            }
            return expired;
        });
    }

    private Round snapshots(Prepared prepared) {
        prepared.stocking.addPaid(prepared.catalog, orders, LINES);
        prepared.shop.snapshot();
        return () -> {
            prepared.stocking.forgetSnapshots();
            return timed(() -> {
                prepared.shop.snapshot();
                return (long) orders * LINES;
            });
        };
    }

    private Round registering(Prepared prepared) {
        AtomicInteger number = new AtomicInteger();
        return warmedUp(() -> {
            List<Goods> goods = Stream.generate(number::incrementAndGet)
                    .limit(AT_ONCE)
                    .map(n -> new Goods("goods " + n, n, "goods-" + n, 10))
                    .toList();
            prepared.shop.registerAll(goods);
            return goods.size();
        });
    }

    private Round changing(Prepared prepared) {
        AtomicInteger price = new AtomicInteger();
        List<Long> products = prepared.catalog.products();
        return warmedUp(() -> {
            prepared.shop.changePrices(products, price.incrementAndGet());
            return products.size();
        });
    }

    private Round receiving(Prepared prepared) {
        AtomicInteger next = new AtomicInteger();
        List<Long> options = prepared.catalog.options();
        return warmedUp(() -> {
            int from = next.getAndAdd(AT_ONCE) % options.size();
            List<Long> some = options.subList(from, Math.min(options.size(), from + AT_ONCE));
            prepared.shop.receiveAll(some, 1);
            return some.size();
        });
    }

    /** A round of as many calls as fit in its time. */
    private Round warmedUp(Counted call) {
        calls(call, effort.warmUp());
        return () -> timed(() -> calls(call, effort.time()));
    }

    private static long calls(Counted call, Duration time) {
        long begun = System.nanoTime();
        long done = 0;
        do {
            done += call.run();
        } while (System.nanoTime() - begun < time.toNanos());
        return done;
    }

    /** Does something. */
    private interface Counted {
        long run();
    }

    private static Sample timed(Counted work) {
        long begun = System.nanoTime();
        long operations = work.run();
        return Sample.of(operations, System.nanoTime() - begun);
    }
}
