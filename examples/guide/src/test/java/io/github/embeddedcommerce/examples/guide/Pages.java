package io.github.embeddedcommerce.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the repository, and what stands on them. */
final class Pages {
    static final Path ROOT = Path.of("../..");
    static final Path GUIDE = ROOT.resolve("docs/guide");

    private Pages() {}

    /** A fenced block, without its fence. */
    record Block(Path page, String language, List<String> lines) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + lines.get(0);
        }
    }

    static List<Path> below(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Every page that a reader may come to. */
    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(below(ROOT.resolve("docs"), ".md"));
        for (String page : List.of("README.md", "README.ko.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(ROOT.resolve(page));
        }
        return pages;
    }

    static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("^```(\\w*)\\n(.*?)\\n```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(page));
        while (block.find()) {
            blocks.add(new Block(page, block.group(1), block.group(2).lines().toList()));
        }
        return blocks;
    }

    /** Whether these lines stand in the source one after the other, however far they are indented there. */
    static boolean isExcerpt(List<String> lines, List<String> source) {
        for (int start = 0; start + lines.size() <= source.size(); start++) {
            String first = source.get(start);
            if (first.endsWith(lines.get(0))) {
                String indentation =
                        first.substring(0, first.length() - lines.get(0).length());
                if (indentation.isBlank()
                        && isIndented(lines, source.subList(start, start + lines.size()), indentation)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIndented(List<String> lines, List<String> source, String indentation) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!source.get(i).equals(line.isEmpty() ? "" : indentation + line)) {
                return false;
            }
        }
        return true;
    }
}
