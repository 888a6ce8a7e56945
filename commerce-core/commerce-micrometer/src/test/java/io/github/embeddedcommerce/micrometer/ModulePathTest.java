package io.github.embeddedcommerce.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The binding as a module, in a JVM of its own with what it needs and nothing else. */
class ModulePathTest {
    private static final String MODULE = "io.github.embeddedcommerce.micrometer";
    private static final Pattern NEEDED = Pattern.compile(
            ".*(commerce-core|commerce-micrometer).target.(classes|commerce-.*\\.jar)|.*(micrometer|HdrHistogram|joda-money|jspecify)-[^/\\\\]*\\.jar");

    @Test
    void meters_count_on_the_module_path() throws IOException, InterruptedException {
        String path = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path", ""))
                .filter(NEEDED.asMatchPredicate())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--module-path",
                path,
                "--patch-module",
                MODULE + "=target/test-classes",
                "--module",
                MODULE + "/" + MODULE + ".CountOnce");

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed).contains(MODULE + " counted 1");
        assertThat(process.waitFor()).as(printed).isZero();
    }
}
