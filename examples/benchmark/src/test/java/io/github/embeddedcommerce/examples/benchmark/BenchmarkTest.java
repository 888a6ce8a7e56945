package io.github.embeddedcommerce.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Job;
import io.github.embeddedcommerce.examples.benchmark.measure.Work;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import picocli.CommandLine;

class BenchmarkTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private int run(String... arguments) {
        CommandLine commandLine =
                Benchmark.commandLine(arguments).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    /** Every work of every contender, for a moment, by two callers that want the same. */
    @Test
    void every_contender_does_every_work() throws Exception {
        String file = folder.toString();
        int status = run(
                "--quick",
                "--databases=h2",
                "--works="
                        + String.join(
                                ",",
                                List.of(Work.values()).stream()
                                        .map(Work::toString)
                                        .toList()),
                "--jobs=expire-overdue,snapshot,register-many,change-many,receive-many,cold-start",
                "--options=any,one",
                "--callers=2",
                "--rounds=1",
                "--seconds=0.02",
                "--warm-up=0.02",
                "--products=100",
                "--orders=100",
                "--out=" + file);
        assertThat(status).as(err + "\n" + out).isZero();
        assertThat(out.toString()).contains("nothing wrong").doesNotContain(" failed");
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        long hot = List.of(Work.values()).stream().filter(Work::alsoHot).count();
        assertThat(lines)
                .hasSize(1 + Contender.values().length * (int) (Work.values().length + hot + Job.values().length));
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("results.svg").toFile());
        assertThat(chart.getElementsByTagName("rect").getLength())
                .isGreaterThan(2 * (int) (Work.values().length + hot));
    }

    /** More than are written at once, and to most users several. */
    @Test
    void a_shop_that_has_sold_for_long_is_one_in_which_nothing_is_wrong() {
        int status = run(
                "--quick",
                "--databases=h2",
                "--contenders=bare,library",
                "--works=place-and-pay",
                "--callers=2",
                "--rounds=1",
                "--seconds=0.02",
                "--warm-up=0.02",
                "--products=100",
                "--old-orders=6000",
                "--out=" + folder);
        assertThat(status).as(err + "\n" + out).isZero();
        assertThat(out.toString()).contains("nothing wrong").doesNotContain(" failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--callers=0",
                "--callers=1001",
                "--delay=-1",
                "--delay=NaN",
                "--rounds=0",
                "--seconds=0",
                "--pool=1",
                "--databases=oracle",
                "--works=sleep",
                "--orders=1",
                "--old-orders=-1",
                "--old-orders=1", // of jpa, too
                "--products=1"
            })
    void what_is_out_of_bounds_is_refused(String argument) {
        assertThat(run("--quick", argument, "--out=" + folder)).isEqualTo(2);
        assertThat(err.toString()).contains(argument.substring(2, argument.indexOf('=')));
        assertThat(out.toString()).isEmpty();
    }
}
