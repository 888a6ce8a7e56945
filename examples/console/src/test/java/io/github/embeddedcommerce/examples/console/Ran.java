package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command that has run in this process, with what it said. */
record Ran(int status, String out, String err) {
    static Ran console(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine console = Console.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = console.execute(args);
        return new Ran(status, out.toString(), err.toString());
    }

    /** It ended well and had nothing to complain about. */
    Ran well() {
        assertThat(err).isEmpty();
        assertThat(status).as(out).isZero();
        return this;
    }

    /** It refused what was typed, with this in one line on stderr, and said nothing else. */
    void refused(String... reasons) {
        assertThat(err.lines()).hasSize(1);
        assertThat(err).contains(reasons);
        assertThat(out).isEmpty();
        assertThat(status).isEqualTo(2);
    }
}
