package io.github.embeddedcommerce.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published, and what travels with it. */
class PublishedArtifactsTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void the_bom_has_every_published_jar_in_the_version_of_the_build() throws IOException {
        String bom = pom("commerce-core/commerce-bom");

        assertThat(new TreeSet<>(
                        all("<artifactId>(commerce-[a-z]+)</artifactId>\\s+<version>\\$\\{project.version}", bom)))
                .isEqualTo(publishedJars());
        assertThat(all("<version>(0.[^<]+)</version>", bom))
                .containsExactly(all("<version>(.*?)</version>", pom("")).get(0));
    }

    @Test
    void what_is_published_says_what_a_repository_asks_for() throws IOException {
        for (String module : List.of("", "commerce-core/commerce-bom")) {
            assertThat(pom(module))
                    .contains("<url>", "<licenses>", "<developers>", "<scm", "<issueManagement>", "<description>");
        }
        for (String module : modules()) {
            assertThat(pom(module)).as(module).contains("<name>Embedded Commerce: ", "<description>");
        }
    }

    @Test
    void the_readme_counts_the_jars_that_a_host_gets() throws IOException {
        String[] path = Files.readString(Path.of("target/runtime-path")).split(File.pathSeparator, -1);

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("are " + path.length + " jars");
    }

    static Set<String> publishedJars() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String module : modules()) {
            String pom = pom(module);
            if (!pom.contains("<maven.deploy.skip>") && !pom.contains("<packaging>pom")) {
                jars.add(String.valueOf(Path.of(module).getFileName()));
            }
        }
        return jars;
    }

    private static List<String> modules() throws IOException {
        return all("<module>(.*?)</module>", pom(""));
    }

    private static String pom(String module) throws IOException {
        return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }

    private static List<String> all(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
