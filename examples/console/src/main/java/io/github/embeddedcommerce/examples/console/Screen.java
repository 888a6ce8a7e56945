package io.github.embeddedcommerce.examples.console;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Where a command speaks: plain text; on a terminal with bold headings and a line that moves. */
final class Screen {
    private static final String INDENT = "   ";

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean bold;

    Screen(PrintWriter out, boolean terminal, boolean bold) {
        this.out = out;
        this.terminal = terminal;
        this.bold = bold;
    }

    @SuppressWarnings("SystemConsoleNull") // Console.main asks Java 22 and later to answer as before
    static Screen of(CommandLine command) {
        boolean terminal = System.console() != null;
        return new Screen(
                command.getOut(),
                terminal,
                terminal && command.getColorScheme().ansi().enabled());
    }

    /** A heading, after an empty line. */
    void heading(String text) {
        out.println();
        out.println(bold ? "\u001b[1m" + text + "\u001b[0m" : text);
    }

    /** A line. */
    void say(String text) {
        out.println(text);
        out.flush();
    }

    /** A line below a heading. */
    void tell(String text) {
        out.println(text.isEmpty() ? "" : INDENT + text);
    }

    /** A table below a heading. */
    void show(Table table) {
        table.lines().forEach(this::tell);
        out.flush();
    }

    /** Whether {@link #move} can be used. */
    boolean isTerminal() {
        return terminal;
    }

    /** Writes over the last line, so that it seems to move; an empty text wipes it. */
    void move(String text) {
        out.print("\r" + " ".repeat(79) + "\r" + text);
        out.flush();
    }
}
