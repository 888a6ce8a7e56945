package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells a purchase, and what can go wrong with one, on a database inside this process. */
@Command(
        name = "demo",
        description = "Tell a purchase, and what can go wrong with one, on a database inside this process.")
final class Demo implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Override
    public Integer call() {
        SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
        String url = "jdbc:h2:mem:demo-" + UUID.randomUUID();
        try (CommerceFacade shop = JdbcCommerce.open(url).clock(clock).build()) {
            DemoStory story = new DemoStory(shop, clock, Screen.of(spec.commandLine()));
            return story.tell() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
