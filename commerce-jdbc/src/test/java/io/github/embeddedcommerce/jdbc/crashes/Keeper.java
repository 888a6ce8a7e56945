package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.crashes.Shopfloor.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts processes on a shop, kills them, and starts others that take up the journals of the dead. Not thread-safe. */
final class Keeper implements AutoCloseable {
    private final List<Plan> plans;
    private final List<Process> processes = new ArrayList<>();
    private int started;
    private int killed;

    /** One process for each plan. */
    Keeper(List<Plan> plans) {
        this.plans = plans;
    }

    void startAll() throws IOException {
        processes.clear();
        for (Plan plan : plans) {
            processes.add(start(plan));
        }
    }

    private Process start(Plan plan) throws IOException {
        Files.createDirectories(plan.lane());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Shopfloor.class.getName()));
        command.addAll(plan.arguments());
        started++;
        return new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(errors(plan).toFile()))
                .start();
    }

    /** Waits until every process has opened the shop. */
    void awaitOpen() throws IOException {
        for (int i = 0; i < plans.size(); i++) {
            expect("open", i);
        }
    }

    private void expect(String line, int index) throws IOException {
        BufferedReader output = processes.get(index).inputReader();
        String read = output.readLine();
        if (!line.equals(read)) {
            throw new AssertionError("expected " + line + ", read " + read + "\n" + errors(index));
        }
    }

    /** Kills one of them, as nothing but the operating system can, and starts another in its place. */
    void replace(int index) throws IOException, InterruptedException {
        kill(index);
        processes.set(index, start(plans.get(index)));
    }

    /** Replaces one of them and waits until it has opened the shop. */
    void replaceAndAwait(int index) throws IOException, InterruptedException {
        replace(index);
        expect("open", index);
    }

    void killAll() throws IOException, InterruptedException {
        for (int i = 0; i < processes.size(); i++) {
            kill(i);
        }
    }

    private void kill(int index) throws IOException, InterruptedException {
        Process process = processes.get(index);
        if (!process.isAlive()) {
            throw new AssertionError("ended by itself with " + process.exitValue() + "\n" + errors(index));
        }
        process.destroyForcibly().waitFor();
        killed++;
    }

    /** Lets all of them have their closing sale, and end by themselves. */
    void letFinish() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        for (int i = 0; i < processes.size(); i++) {
            expect("closed", i);
            if (processes.get(i).waitFor() != 0) {
                throw new AssertionError(errors(i));
            }
        }
    }

    int started() {
        return started;
    }

    int killed() {
        return killed;
    }

    private String errors(int index) throws IOException {
        Path errors = errors(plans.get(index));
        return Files.exists(errors) ? Files.readString(errors) : "";
    }

    private static Path errors(Plan plan) {
        return plan.folder().resolve(plan.lane().getFileName() + ".errors");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
