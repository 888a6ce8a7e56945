package io.github.embeddedcommerce.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.micrometer.MicrometerListener;
import io.github.embeddedcommerce.testkit.TestShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What hosts can see is listed, so that nothing becomes visible or vanishes unnoticed. {@code .ci/public-api} writes
 * the lists anew.
 */
class PublicSurfaceTest {
    private static final Path LISTS = Path.of("../../docs/public-api");

    /** A class of each artifact. */
    private static final Map<String, Class<?>> ARTIFACTS = new TreeMap<>(Map.of(
            "commerce-core", CommerceFacade.class,
            "commerce-jdbc", JdbcCommerce.class,
            "commerce-micrometer", MicrometerListener.class,
            "commerce-testkit", TestShop.class));

    @ParameterizedTest
    @MethodSource("artifacts")
    void what_a_host_can_see_is_what_is_listed(String artifact, Class<?> any) throws IOException {
        List<String> seen = PublicSurface.of(any);
        Path list = Path.of(artifact + ".txt");
        Files.createDirectories(Path.of("target/public-api"));
        Files.write(Path.of("target/public-api").resolve(list), seen);

        assertThat(Files.readAllLines(LISTS.resolve(list)))
                .as("what hosts can see has changed: if that is meant, run .ci/public-api")
                .isEqualTo(seen);
    }

    static List<Object[]> artifacts() {
        return ARTIFACTS.entrySet().stream()
                .map(artifact -> new Object[] {artifact.getKey(), artifact.getValue()})
                .toList();
    }

    @Test
    void every_published_jar_has_a_list() throws IOException {
        assertThat(ARTIFACTS.keySet()).isEqualTo(PublishedArtifactsTest.publishedJars());
    }

    @Test
    void a_list_says_what_would_break_a_host() {
        assertThat(PublicSurface.of(CommerceFacade.class))
                .contains(
                        "io.github.embeddedcommerce.CommerceFacade: final class implements UseCases, AutoCloseable",
                        "io.github.embeddedcommerce.CommerceFacade.inTransaction(Function<UseCases, T>): <T> T",
                        "io.github.embeddedcommerce.CommerceListener.LockWait.rows(): String",
                        "io.github.embeddedcommerce.CommerceListener.BrokenTransaction.pause(): Duration?",
                        "io.github.embeddedcommerce.event.EventSink.deliver(OrderEvent): abstract void throws Exception",
                        "io.github.embeddedcommerce.order.OrderStatus.PAID: static OrderStatus")
                .noneMatch(line -> line.contains(".usecase."))
                .noneMatch(line -> line.contains("Doors"));
        assertThat(PublicSurface.of(JdbcCommerce.class))
                .noneMatch(line -> line.startsWith("io.github.embeddedcommerce.jdbc.store"));
    }
}
