package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.guide.Pages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What stands on the pages of the guide is compiled code, links lead somewhere, and versions are those of the build.
 */
class GuidePagesTest {
    private static final Map<String, List<String>> SOURCES = Map.of(
            "java",
                    List.of(
                            "examples/guide/src/test/java",
                            "examples/spring-boot/src/main/java",
                            "commerce-jdbc/src/test/java/io/github/embeddedcommerce/jdbc/pages",
                            "commerce-jdbc/commerce-testkit/src/test/java"),
            "kotlin", List.of("examples/guide/src/test/kotlin"),
            "properties", List.of("examples/spring-boot/src/main/resources"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s+<version>([^<]+)</version>");

    @Test
    void every_block_of_code_is_an_excerpt_of_what_is_compiled() throws IOException {
        List<Path> pages = new ArrayList<>(Pages.below(Pages.GUIDE, ".md"));
        pages.add(Pages.ROOT.resolve("docs/testkit.md"));
        List<Block> strangers = new ArrayList<>();
        int compiled = 0;
        for (Path page : pages) {
            for (Block block : Pages.blocks(page)) {
                if (SOURCES.containsKey(block.language())) {
                    compiled++;
                    if (!isCompiled(block)) {
                        strangers.add(block);
                    }
                } else {
                    assertThat(block.language()).as(block.toString()).isIn("xml", "mermaid", "sql", "");
                }
            }
        }
        assertThat(strangers).isEmpty();
        assertThat(compiled).isGreaterThan(15);
    }

    private static boolean isCompiled(Block block) throws IOException {
        for (String folder : SOURCES.getOrDefault(block.language(), List.of())) {
            for (Path source : Pages.below(Pages.ROOT.resolve(folder), "")) {
                if (Files.isRegularFile(source) && Pages.isExcerpt(block.lines(), Files.readAllLines(source))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void an_excerpt_is_told_from_what_was_changed() {
        List<String> source = List.of("class A {", "    int a() {", "        return 1;", "", "    }", "}");

        assertThat(Pages.isExcerpt(List.of("int a() {", "    return 1;", "", "}"), source))
                .isTrue();
        assertThat(Pages.isExcerpt(List.of("int a() {", "    return 2;", "", "}"), source))
                .isFalse();
        assertThat(Pages.isExcerpt(List.of("int a() {", "return 1;"), source)).isFalse();
        assertThat(Pages.isExcerpt(List.of("}", "}"), source)).isFalse();
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : Pages.all()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = page.resolveSibling(link.group(1));
                if (!link.group(1).contains("://") && !Files.exists(target)) {
                    dead.add(page.getFileName() + " -> " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void every_page_of_the_guide_is_in_its_contents() throws IOException {
        String contents = Files.readString(Pages.GUIDE.resolve("README.md"));
        for (Path page : Pages.below(Pages.GUIDE, ".md")) {
            if (!page.endsWith("README.md")) {
                assertThat(contents).contains("(" + page.getFileName() + ")");
            }
        }
    }

    @Test
    void the_artifacts_on_the_pages_have_the_versions_of_the_build() throws IOException {
        String build = Files.readString(Pages.ROOT.resolve("pom.xml"));
        int artifacts = 0;
        for (Path page : Pages.all()) {
            Matcher artifact = ARTIFACT.matcher(Files.readString(page));
            while (artifact.find()) {
                String property = artifact.group(1).startsWith("commerce-")
                        ? "version"
                        : artifact.group(1).startsWith("flyway-") ? "flyway.version" : artifact.group(1) + ".version";
                assertThat(build)
                        .as(page + " " + artifact.group(1))
                        .contains("<" + property + ">" + artifact.group(2) + "</" + property + ">");
                artifacts++;
            }
        }
        assertThat(artifacts).isGreaterThan(5);
    }
}
