package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages are complete: each text in both languages, each file that another names, nothing from elsewhere. */
class PagesTest {
    private static final Path PAGES = Path.of("src/main/resources/pages");
    private static final Pattern TEXT = Pattern.compile("(?<![\\w.])'?([\\w.]+)'?: '((?:[^'\\\\]|\\\\.)*)'");
    private static final Pattern USED = Pattern.compile("\\bt\\('([\\w.]+)'");
    private static final Pattern FILE =
            Pattern.compile("(?:from '\\./|src=\"|href=\"|src: '|import '\\./)([\\w./-]+\\.\\w+)[\"']");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    @Test
    void both_languages_have_the_same_texts_with_the_same_places() throws IOException {
        Map<String, String> english = texts("en.js");
        Map<String, String> korean = texts("ko.js");
        assertThat(english.size()).isGreaterThan(150);
        assertThat(korean.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(places(korean.getOrDefault(key, ""))).as(key).isEqualTo(places(text)));
    }

    @Test
    void every_text_that_a_page_uses_is_there() throws IOException {
        Set<String> known = texts("en.js").keySet();
        for (Path module : files(".js")) {
            Matcher used = USED.matcher(Files.readString(module));
            while (used.find()) {
                assertThat(known).as(module.toString()).contains(used.group(1));
            }
        }
    }

    @Test
    void every_refusal_is_told_in_words() throws IOException {
        Set<String> known = texts("en.js").keySet();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(known).contains("error." + code.code());
        }
    }

    @Test
    void every_file_that_is_named_is_served_and_nothing_comes_from_elsewhere() throws IOException {
        try (TestHost shop = new TestHost()) {
            for (Path file : files("")) {
                String path = "/" + PAGES.relativize(file).toString();
                Client.Answer answer = shop.client.get(path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.response().headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
                assertThat(answer.response().body().replace("http://www.w3.org/2000/svg", ""))
                        .as(path)
                        .doesNotContain("http://", "https://", "\"//", "'//", "@import", "innerHTML", "style=\"");
                Matcher named = FILE.matcher(answer.response().body());
                while (named.find()) {
                    boolean fromModule = path.endsWith(".js") && !named.group().contains("src");
                    String target = "/" + (fromModule ? "js/" : "") + named.group(1);
                    assertThat(shop.client.get(target).status())
                            .as(path + " names " + target)
                            .isEqualTo(200);
                }
            }
            assertThat(shop.client
                            .get("/")
                            .response()
                            .headers()
                            .firstValue("Content-Type")
                            .orElse(""))
                    .startsWith("text/html");
            assertThat(shop.client
                            .get("/js/shop.js")
                            .response()
                            .headers()
                            .firstValue("Content-Type")
                            .orElse(""))
                    .contains("javascript");
        }
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            places.add(place.group());
        }
        return places;
    }

    private static Map<String, String> texts(String module) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Matcher text = TEXT.matcher(Files.readString(PAGES.resolve("js").resolve(module), StandardCharsets.UTF_8));
        while (text.find()) {
            assertThat(texts.put(text.group(1), text.group(2)))
                    .as(text.group(1))
                    .isNull();
        }
        return texts;
    }

    private static Iterable<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
