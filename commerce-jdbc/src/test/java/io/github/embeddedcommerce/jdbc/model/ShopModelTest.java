package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Random sequences of every use case, of jobs and of moments, on the real shop and on a reference that was written from
 * the specification: whatever is done in whatever order, both answer the same and keep the same books.
 *
 * <p>A failure prints the shortest sequence that still fails, and the seed that finds it again.
 */
class ShopModelTest {
    private static final int LONGEST_SEQUENCE = 60;

    private static final TestClock CLOCK = new TestClock();
    private static final Instant OPENING = Instant.parse("2026-03-01T12:00:00Z");
    private static final OpenShop OPEN = OpenShop.open(CLOCK);

    @AfterContainer
    static void close() {
        OPEN.close();
    }

    @Tag("P1")
    @Tag("P2")
    @Tag("P3")
    @Tag("P4")
    @Tag("P5")
    @Tag("S1")
    @Tag("S2")
    @Tag("S3")
    @Tag("S4")
    @Tag("S5")
    @Tag("B1")
    @Tag("B2")
    @Tag("B3")
    @Tag("B4")
    @Tag("B6")
    @Tag("C1")
    @Tag("C2")
    @Tag("C3")
    @Tag("K1")
    @Tag("K2")
    @Tag("K3")
    @Tag("K4")
    @Tag("K5")
    @Tag("O1")
    @Tag("O2")
    @Tag("O3")
    @Tag("O4")
    @Tag("O5")
    @Tag("O6")
    @Tag("O7")
    @Tag("M1")
    @Tag("M2")
    @Tag("M3")
    @Tag("M4")
    @Tag("M5")
    @Tag("M6")
    @Tag("R3")
    @Tag("R4")
    @Tag("J1")
    @Tag("J2")
    @Tag("J3")
    @Tag("J4")
    @Tag("J5")
    @Tag("E1")
    @Tag("E2")
    @Tag("R2")
    @Tag("R5")
    @Tag("T5")
    @AddLifecycleHook(SoakTime.class)
    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_shop_and_its_reference_never_differ(@ForAll("sequences") ActionChain<World> sequence) {
        World end = sequence.run();

        JobSteps.audit(end);
    }

    @Provide
    Arbitrary<ActionChain<World>> sequences() {
        ActionChainArbitrary<World> sequences = ActionChain.startWith(ShopModelTest::openingDay);
        for (Step step : Step.all()) {
            sequences = sequences.withAction(step.weight(), step.action());
        }
        return sequences.withMaxTransformations(LONGEST_SEQUENCE).improveShrinkingWith(Changes::new);
    }

    /** A shop with something to sell and somebody to buy it. */
    private static World openingDay() {
        OPEN.clear();
        CLOCK.advance(Duration.between(CLOCK.instant(), OPENING));
        World world = new World(OPEN.shop(), OPEN.books(), CLOCK);
        ProductSteps.register(world, "cup", 100, List.of(new Wanted("small", 3), new Wanted("large", 5)));
        ProductSteps.register(world, "tea", 333, List.of(new Wanted("green", 4)));
        UserSteps.register(world, 0);
        UserSteps.register(world, 1);
        UserSteps.charge(world, new UserSteps.Some(0, 1_000));
        UserSteps.charge(world, new UserSteps.Some(1, 1_000));
        CouponSteps.create(world);
        return world;
    }
}
