package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What happens by itself: time passes, and the host's jobs come by. */
final class JobSteps {
    private JobSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(4, "wait for seconds", Arbitraries.of(1L, 60L, 1L, 300L, 600L), JobSteps::pass),
                Step.of(3, "wait for a turning point", meetings(), JobSteps::meet),
                Step.of(1, "wait for midnight", Arbitraries.of(0, -1, 1), JobSteps::sleep),
                Step.of(2, "snapshot popular products", Arbitraries.just("all"), (world, all) -> snapshot(world)),
                Step.of(3, "expire overdue orders", Arbitraries.of(500, 1, 2), JobSteps::expire),
                Step.of(3, "purge history", Arbitraries.of(1_000, 1, 2), JobSteps::purge),
                Step.of(1, "audit", audits(), JobSteps::audit));
    }

    /** One of the next turning points, less or more so many microseconds. */
    private record Meeting(int choice, int micros) {}

    private static Arbitrary<Meeting> meetings() {
        return Combinators.combine(Arbitraries.of(0, 1, 0, 2), Arbitraries.of(0, -1, 1))
                .as(Meeting::new);
    }

    /** Of everything, or of what has changed since the audit before. */
    private record AuditOf(boolean changes, int chunk) {}

    private static Arbitrary<AuditOf> audits() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(1_000, 2))
                .as(AuditOf::new);
    }

    private static void pass(World world, long seconds) {
        world.moveTo(world.expected.now.plusSeconds(seconds));
    }

    private static void meet(World world, Meeting meeting) {
        List<Instant> points = world.turningPoints();
        if (!points.isEmpty()) {
            Instant point = points.get(Math.min(meeting.choice(), points.size() - 1));
            world.moveTo(point.plus(meeting.micros(), ChronoUnit.MICROS));
        }
    }

    private static void sleep(World world, int micros) {
        LocalDate tomorrow =
                LocalDate.ofInstant(world.expected.now, ZoneOffset.UTC).plusDays(1);
        world.moveTo(tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant().plus(micros, ChronoUnit.MICROS));
    }

    private static void snapshot(World world) {
        world.compare(
                "snapshot popular products",
                () -> world.jobs().snapshotPopularProducts().call(),
                result -> Told.of(result.made(), Answers.of(result.snapshot().orElseThrow())),
                world.expected.popularity::snapshot);
    }

    private static void expire(World world, int chunk) {
        world.compare(
                "expire overdue orders",
                () -> world.jobs().expireOverdueOrders().inChunksOf(chunk).call(),
                ExpireOverdueOrders.Result::toString,
                () -> new ExpireOverdueOrders.Result(world.expected.orders.expireOverdue(), Map.of(), false)
                        .toString());
    }

    private static void purge(World world, int chunk) {
        world.compare(
                "purge history",
                () -> world.jobs().purgeHistory().inChunksOf(chunk).call(),
                result -> Told.of(
                        result.removed(Kind.BALANCE_CHANGES),
                        result.removed(Kind.EVENTS),
                        result.removed(Kind.SNAPSHOTS),
                        result.removed(Kind.CARTS),
                        result.removed(Kind.IDEMPOTENCY_KEYS)),
                world.expected::purge);
    }

    static void audit(World world) {
        audit(world, new AuditOf(false, 1_000));
    }

    private static void audit(World world, AuditOf what) {
        world.compare(
                "audit",
                () -> world.jobs()
                        .audit()
                        .inChunksOf(what.chunk)
                        .after(what.changes ? world.checkpoint : Checkpoint.NONE)
                        .call(),
                report -> {
                    world.checkpoint = report.checkpoint();
                    return String.valueOf(report.isClean());
                },
                () -> "true");
    }
}
