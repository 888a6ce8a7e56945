package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.Validation;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDBC URL as a host gave it: what we ask of H2 is added to it, and a password in it is told nobody. Immutable.
 *
 * @param value the URL
 */
public record DatabaseUrl(String value) {
    /** More than the library has, so that H2 parses each once a connection; by default it remembers 8. */
    private static final int H2_STATEMENTS = 200;

    /** H2's own way to a file, which none of its other file systems (a name of two letters or more) was asked for. */
    private static final Pattern PLAIN_FILE =
            Pattern.compile("(?i)jdbc:h2:(?:file:)?(?!\\w{2,}:)(?<path>.*)", Pattern.DOTALL);

    private static final Pattern SECRET = Pattern.compile("(?i)password\\d?\\s*=\\s*([^;&)]+)|//[^/@:]*:([^/@]+)@");

    /** Refuses a database in memory without a name, of which each connection gets another (VALIDATION_ERROR). */
    public DatabaseUrl {
        if (value.split(";", 2)[0].equalsIgnoreCase("jdbc:h2:mem:")) {
            throw Validation.refusal(
                    "url",
                    "must name the database, such as jdbc:h2:mem:shop: without a name each connection has its own",
                    Map.of("url", "jdbc:h2:mem:"));
        }
    }

    /** Whether the database ends with its last connection. */
    boolean isInMemory() {
        return lower().startsWith("jdbc:h2:mem:");
    }

    /**
     * Whether it is a file that H2 writes within this process. While H2 writes to it, other connections may go on
     * changing tables, and it writes each table as it is by then: if the process is killed, half a transaction can be
     * in the file. So only one connection may write at a time.
     */
    public boolean isFileOfH2() {
        return lower().matches("jdbc:h2:(?!mem:|tcp:|ssl:).*");
    }

    /** With what we ask of the driver, where the URL does not say otherwise. */
    String completed() {
        return switch (Dialect.ofUrl(value).orElse(Dialect.POSTGRESQL)) {
            case H2 -> completedForH2();
            case MARIADB, MYSQL -> completedForMySql();
            case POSTGRESQL -> value;
        };
    }

    /** Statements that belong together are sent together. */
    private String completedForMySql() {
        if (lower().contains("allowmultiqueries=")) {
            return value;
        }
        return value + (value.contains("?") ? "&" : "?") + "allowMultiQueries=true";
    }

    private String completedForH2() {
        Matcher plainFile = PLAIN_FILE.matcher(value);
        String completed = plainFile.matches()
                ? "jdbc:h2:async:" + plainFile.group("path") // or Java closes the file when a thread is interrupted
                : value;
        if (!sets("query_cache_size")) {
            completed += ";QUERY_CACHE_SIZE=" + H2_STATEMENTS; // or most statements are parsed each time
        }
        if (isFileOfH2() && !sets("write_delay")) {
            completed += ";WRITE_DELAY=0"; // or it writes commits to disk half a second later
        }
        if (isFileOfH2() && !sets("db_close_on_exit") && !sets("auto_server")) {
            completed += ";DB_CLOSE_ON_EXIT=FALSE"; // or it closes while the host is still coming to its end
        }
        return completed;
    }

    /** The dependency with a driver for this URL, as {@code group:artifact}; empty if the database is not supported. */
    Optional<String> driver() {
        return Dialect.ofUrl(value).map(dialect -> switch (dialect) {
            case H2 -> "com.h2database:h2";
            case POSTGRESQL -> "org.postgresql:postgresql";
            case MARIADB -> "org.mariadb.jdbc:mariadb-java-client";
            case MYSQL -> "com.mysql:mysql-connector-j";
        });
    }

    /** As it can be shown: without parameters and users, which may come with a password. */
    String shown() {
        return value.split("[;?(]", 2)[0].replaceAll("//[^/]*@", "//");
    }

    /** The failure, unless it repeats a password of this URL: then its innermost words without that. */
    Throwable concealed(RuntimeException failure) {
        List<String> secrets = SECRET.matcher(value)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        boolean told = false;
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = cause.toString();
            told |= secrets.stream().anyMatch(words::contains);
            innermost = cause;
        }
        if (!told) {
            return failure;
        }
        String words = innermost.toString();
        for (String secret : secrets) {
            words = words.replace(secret, "…");
        }
        Throwable concealed = new SQLException(words);
        concealed.setStackTrace(innermost.getStackTrace());
        return concealed;
    }

    private boolean sets(String setting) {
        return lower().contains(";" + setting + "=");
    }

    private String lower() {
        return value.toLowerCase(Locale.ROOT);
    }
}
