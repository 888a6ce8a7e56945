package io.github.embeddedcommerce.examples.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an option in one cell, such as {@code color=blue;size=L}. A backslash stands before a semicolon, an
 * equals sign or a backslash that belongs to a name or a value.
 */
final class Attributes {
    private static final char ESCAPE = '\\';

    private Attributes() {}

    /** The cell of these attributes, in their order. */
    static String cell(Map<String, String> attributes) {
        StringBuilder cell = new StringBuilder();
        attributes.forEach((name, value) -> {
            cell.append(cell.isEmpty() ? "" : ";");
            escape(name, cell);
            escape(value, cell.append('='));
        });
        return cell.toString();
    }

    private static void escape(String text, StringBuilder cell) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == ';' || letter == '=' || letter == ESCAPE) {
                cell.append(ESCAPE);
            }
            cell.append(letter);
        }
    }

    /** The attributes in this cell. Throws IllegalArgumentException with what is wrong. */
    static Map<String, String> of(String cell) {
        Map<String, String> attributes = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        String name = null;
        for (int i = 0; i < cell.length(); i++) {
            char letter = cell.charAt(i);
            if (letter == ESCAPE) {
                i++;
                if (i == cell.length()) {
                    throw new IllegalArgumentException("attributes end in a backslash");
                }
                text.append(cell.charAt(i));
            } else if (letter == '=' && name == null) {
                name = taken(text);
            } else if (letter == ';') {
                add(name, taken(text), attributes);
                name = null;
            } else {
                text.append(letter);
            }
        }
        if (!cell.isEmpty()) {
            add(name, taken(text), attributes);
        }
        return attributes;
    }

    private static String taken(StringBuilder text) {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private static void add(@Nullable String name, String value, Map<String, String> into) {
        if (name == null) {
            throw new IllegalArgumentException(
                    "attributes must look like color=blue;size=L, there is no = in " + value);
        }
        if (into.put(name, value) != null) {
            throw new IllegalArgumentException("attributes have " + name + " twice");
        }
    }
}
