package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A Flyway that a host brings and this library cannot work with. Java finds the first on the class path, for both. */
public final class UnsupportedFlyway {
    /** The first that has a module for each database, by its major version. */
    private static final int OLDEST = 10;

    private UnsupportedFlyway() {}

    /** Refuses one that is too old (VALIDATION_ERROR): it would fail in ways that tell of anything but its age. */
    public static void refuse() {
        String version = version();
        if (version != null && version.matches("[0-9]{1,3}\\..*") && major(version) < OLDEST) {
            throw refusal(version);
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /**
     * Says which it is, and what to do (VALIDATION_ERROR).
     *
     * @param failure what came of using it
     */
    public static CommerceException refusal(Error failure) {
        CommerceException refusal = refusal(version());
        refusal.initCause(failure);
        return refusal;
    }

    private static CommerceException refusal(@Nullable String version) {
        return Validation.refusal(
                "the Flyway on the class path" + (version == null ? "" : ", " + version + ",")
                        + " is none that this library works with: use the org.flywaydb:flyway-core that it asks for, and"
                        + " Flyway's modules of the same version, or apply what writeSql() writes and open the shop"
                        + " withoutMigration()",
                Map.of("unsupported", "org.flywaydb:flyway-core"));
    }

    /** In a file of its own: the manifest is the application's where all jars are packed into one. */
    private static @Nullable String version() {
        try (InputStream file = Flyway.class.getResourceAsStream("internal/version.txt")) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return null;
        }
    }
}
