package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay in a process of its own that is ended half way, and another one on what it left. */
class InterruptedReplayTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void killed_half_way_it_leaves_nothing_that_disturbs_the_next() throws Exception {
        Process process = start();
        try (BufferedReader said = process.inputReader()) {
            readUntilUnderWay(said);
            process.destroyForcibly().waitFor();
        } finally {
            process.destroyForcibly();
        }
        replayOnWhatItLeft();
    }

    @Test
    void asked_to_stop_it_says_how_far_it_came_and_checks_that() throws Exception {
        Process process = start();
        try (BufferedReader said = process.inputReader()) {
            readUntilUnderWay(said);
            process.toHandle().destroy(); // unlike the process's own, it leaves the streams open
            List<String> rest = said.lines().toList();
            assertThat(rest).anySatisfy(line -> assertThat(line).matches("Stopped after [0-9,]+ of 100,000 baskets.*"));
            assertThat(rest).anyMatch(line -> line.endsWith("holds")).noneMatch(line -> line.contains("BROKEN"));
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
        replayOnWhatItLeft();
    }

    private void replayOnWhatItLeft() throws IOException {
        Path baskets = Files.writeString(directory.resolve("few.csv"), "milk,bread\nmilk\n");
        Ran next = Ran.console("replay", baskets.toString(), "--url", url()).well();
        assertThat(next.out()).containsPattern("paid +2 ").doesNotContain("BROKEN");
    }

    private static void readUntilUnderWay(BufferedReader said) throws IOException {
        String line = said.readLine();
        while (line != null && !line.matches(" +\\.\\.\\. .* of 100,000 baskets.*")) {
            line = said.readLine();
        }
        assertThat(line).as("a line that says how far it is").isNotNull();
    }

    private Process start() throws IOException {
        Path baskets = directory.resolve("many.csv");
        Files.write(baskets, Collections.nCopies(100_000, "milk,bread"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Console.class.getName(),
                "replay",
                baskets.toString(),
                "--url",
                url());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("shop");
    }
}
