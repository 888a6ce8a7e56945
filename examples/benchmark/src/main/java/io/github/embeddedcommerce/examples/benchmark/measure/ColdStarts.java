package io.github.embeddedcommerce.examples.benchmark.measure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.database.Servers;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.LibraryShop;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts new Java processes that open a shop and place an order. The tables are there before, and a product and a user
 * in them; but for H2 in memory, where the process makes them itself.
 */
record ColdStarts(Servers servers, int rounds) {
    private static final long PATIENCE_SECONDS = 120;

    Map<Contender, List<Sample>> measure(Server server, List<Contender> contenders) {
        Map<Contender, List<Sample>> samples = new TreeMap<>();
        Map<Contender, List<String>> commands = new TreeMap<>();
        Path script = servers.folder().resolve("tables.sql");
        if (!server.isRemote()) {
            writeTables(script);
        }
        for (Contender contender : contenders) {
            commands.put(contender, command(contender, server, script));
        }
        for (int round = 0; round < rounds; round++) {
            commands.forEach((contender, command) -> samples.computeIfAbsent(contender, same -> new ArrayList<>())
                    .add(Sample.of(1, start(command))));
        }
        return samples;
    }

    private void writeTables(Path script) {
        try (HikariDataSource empty = servers.newDatabase(Server.H2).pool(2)) {
            Files.createDirectories(servers.folder());
            LibraryShop.writeTables(empty, script);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> command(Contender contender, Server server, Path script) {
        Database database = servers.newDatabase(server);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                ColdStart.class.getName(),
                contender.name(),
                server.name(),
                Integer.toString(database.port()),
                database.name(),
                script.toString()));
        if (server.isRemote()) {
            try (Shop shop = contender.create(database, 2)) {
                Catalog catalog = new Stocking(database, shop).fill(ColdStart.FILLING);
                command.add(Long.toString(catalog.options().get(0)));
            }
        }
        return command;
    }

    /** Returns how many nanoseconds it took, from the start of the process to the end of its first order. */
    private static long start(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + String.join(" ", command));
            }
            return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(said));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
