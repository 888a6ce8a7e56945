package io.github.embeddedcommerce.examples.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the program is to the database. */
final class Login {
    @Option(names = "--user", paramLabel = "NAME", description = "The database user.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "WORD",
            arity = "0..1",
            interactive = true,
            description = "The database password; without a word after it, you are asked.")
    private @Nullable String password;

    /** The database at this URL. */
    Database to(String url) {
        return new Database(url, user, password);
    }
}
