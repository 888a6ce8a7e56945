package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a shop is kept. Immutable.
 *
 * @param url its JDBC URL
 * @param user the database user; null where it needs none
 * @param password the user's password; null where it needs none
 */
record Database(String url, @Nullable String user, @Nullable String password) {
    /** Opens the shop in it. */
    CommerceFacade open(int connections) {
        String ours = ours();
        try {
            return JdbcCommerce.open(ours, user, password).poolSize(connections).build();
        } catch (CommerceException | StorageException closed) {
            throw new BadInput(Complaint.reason(closed).replace(ours, shown()));
        }
    }

    /** The URL as it can be shown: without the parameters, which may hold a password. */
    String shown() {
        return url.split("[;?]", 2)[0];
    }

    /** The URL, with what this program needs of H2. */
    private String ours() {
        if (!url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:")) {
            return url;
        }
        // H2 would write errors to a file of its own, or with a stack trace to stderr; they reach us anyway.
        return withDefault(url, "TRACE_LEVEL_FILE", "0");
    }

    private static String withDefault(String url, String setting, String value) {
        boolean chosen = url.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
        return chosen ? url : url + ";" + setting + "=" + value;
    }
}
