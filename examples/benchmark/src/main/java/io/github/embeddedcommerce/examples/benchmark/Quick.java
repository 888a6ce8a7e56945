package io.github.embeddedcommerce.examples.benchmark;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is measured by a quick run where the command line does not say otherwise: enough for a minute. */
final class Quick implements IDefaultValueProvider {
    static final String OPTION = "--quick";

    private static final Map<String, String> VALUES = Map.of(
            "--databases", "h2,postgresql",
            "--works", "place-and-pay",
            "--options", "any",
            "--callers", "8",
            "--delay", "0",
            "--rounds", "3",
            "--seconds", "1",
            "--warm-up", "2");

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option ? VALUES.get(option.longestName()) : null;
    }
}
