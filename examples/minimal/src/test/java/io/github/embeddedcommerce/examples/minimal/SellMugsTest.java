package io.github.embeddedcommerce.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the example in a JVM of its own, with its dependencies and nothing else. */
class SellMugsTest {
    private static final String MODULE = "io.github.embeddedcommerce.examples.minimal";
    private static final String MAIN = MODULE + ".SellMugs";
    private static final String[] SOLD = {"KRW 24000 paid, KRW 26000 left", "all invariants hold: true"};

    @Test
    void mugs_are_sold_on_the_class_path() throws Exception {
        assertThat(java("--class-path", path(), MAIN)).contains(SOLD);
    }

    @Test
    void mugs_are_sold_on_the_module_path() throws Exception {
        assertThat(java("--module-path", path(), "--module", MODULE + "/" + MAIN))
                .contains(SOLD);
    }

    @Test
    void every_door_opens_on_the_module_path() throws Exception {
        assertThat(java(
                        "--module-path",
                        path(),
                        "--patch-module",
                        MODULE + "=target/test-classes",
                        "--module",
                        MODULE + "/" + MODULE + ".EveryDoor"))
                .contains("PAID true", "popular: true", "clean: true");
    }

    @Test
    void what_the_library_needs_of_java_comes_with_its_module_and_its_inside_does_not() throws Exception {
        assertThat(java("--module-path", path(), "--describe-module", "io.github.embeddedcommerce.jdbc"))
                .contains(
                        "requires java.sql transitive",
                        "requires io.github.embeddedcommerce.core transitive",
                        "exports io.github.embeddedcommerce.jdbc\n")
                .doesNotContain("exports io.github.embeddedcommerce.jdbc.");
    }

    private static String path() throws IOException {
        return "target/classes" + File.pathSeparator + Files.readString(Path.of("target/runtime-path"));
    }

    /** What this Java, called like this, printed; it must have ended well. */
    private static String java(String... arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("java.home", ""), "bin", "java");
        List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replace(System.lineSeparator(), "\n");
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
