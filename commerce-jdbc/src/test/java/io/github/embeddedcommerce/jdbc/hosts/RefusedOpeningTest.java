package io.github.embeddedcommerce.jdbc.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a shop cannot be opened, the failure says what is wrong and what to do, and never what the password is. */
@Tag("E3")
class RefusedOpeningTest {
    @Test
    @Tag("D1")
    void a_file_that_another_process_has_open_is_in_use(@TempDir Path folder) throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("shop");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        FileHolder.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8))) {
            assertThat(said.readLine()).isEqualTo("open");

            assertTrouble(
                    StorageError.DATABASE_IN_USE,
                    "close it there first",
                    () -> JdbcCommerce.open(url).build());
            try (HikariDataSource lazy = new HikariDataSource()) {
                lazy.setJdbcUrl(url);
                lazy.setConnectionTimeout(500);
                assertTrouble(
                        StorageError.DATABASE_IN_USE,
                        "close it there first",
                        () -> JdbcCommerce.using(lazy).build());
                assertTrouble(
                        StorageError.DATABASE_IN_USE,
                        "close it there first",
                        () -> JdbcCommerce.within(lazy).build());
            }
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
        JdbcCommerce.open(url).build().close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Database.class,
            names = {"H2_IN_MEMORY", "POSTGRESQL"}) // the MariaDB of the tests lets everybody in
    void a_wrong_password_is_a_denied_access_and_not_told(Database database) throws SQLException {
        try (HikariDataSource there = database.empty();
                Connection keepsItOpen = there.getConnection()) {
            String url = withoutUser(keepsItOpen.getMetaData().getURL());
            String user = "nobody"; // these servers trust whom they know

            assertTrouble(
                    StorageError.ACCESS_DENIED,
                    "check user and password",
                    () -> JdbcCommerce.open(url, user, "guessed").build());
            try (HikariDataSource lazy = new HikariDataSource()) {
                lazy.setJdbcUrl(url);
                lazy.setUsername(user);
                lazy.setPassword("guessed");
                lazy.setConnectionTimeout(500);
                assertTrouble(
                        StorageError.ACCESS_DENIED,
                        "check user and password",
                        () -> JdbcCommerce.using(lazy).build());
            }
        }
    }

    private static String withoutUser(String url) {
        return url.replaceAll("([?&])user=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }

    private static void assertTrouble(StorageError error, String remedy, ThrowingCallable opening) {
        assertThatThrownBy(opening).isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.error()).isEqualTo(error);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
            assertThat(failure).hasMessageContaining(remedy);
            assertThat(failure.getMessage()).doesNotContain("guessed");
        });
    }

    /**
     * A host that cannot leave its Flyway behind creates the tables by the written SQL. Its Flyway stands alone on the
     * class path, or before ours, so that classes of both are mixed.
     */
    @ParameterizedTest
    @Tag("D2")
    @CsvSource({"7.15.0, false", "7.15.0, true", "9.22.3, false", "9.22.3, true"})
    void a_flyway_that_this_library_does_not_work_with_is_named_with_what_to_do(String version, boolean beforeOurs)
            throws Exception {
        assertThat(saidOn(classPathWithFlyway("target/other-flyways/flyway-core-" + version + ".jar", beforeOurs)))
                .contains("refused: the Flyway on the class path, " + version + ", is none that")
                .contains("withoutMigration()")
                .contains("by hand: opened, with ann");
    }

    @Test
    @Tag("D2")
    void a_flyway_that_is_packed_into_the_jar_of_an_application_is_not_taken_for_the_applications_version(
            @TempDir Path folder) throws Exception {
        Path packed = folder.resolve("application.jar");
        pack(Path.of(jarOfFlyway()), packed, "0.1.0");

        assertThat(saidOn(classPathWithFlyway(packed.toString(), false))).startsWith("opened, with ann");
    }

    private static String jarOfFlyway() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .filter(entry -> String.valueOf(Path.of(entry).getFileName()).startsWith("flyway-core-"))
                .findFirst()
                .orElseThrow();
    }

    /** The same files, with a manifest of this version. */
    private static void pack(Path jar, Path packed, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        try (JarFile from = new JarFile(jar.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(packed), manifest)) {
            for (JarEntry entry : Collections.list(from.entries())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
    }

    private static String saidOn(URL[] classPath) throws Exception {
        try (URLClassLoader classes = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(classes);
            try {
                return said((Callable<?>) classes.loadClass(HostOfAnotherFlyway.class.getName())
                        .getConstructor()
                        .newInstance());
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** A failure is told in words, for which its class may need others: they are gone once the loader is closed. */
    private static String said(Callable<?> host) {
        try {
            return String.valueOf(host.call());
        } catch (Exception | LinkageError failure) {
            return "failed: " + failure;
        }
    }

    private static URL[] classPathWithFlyway(String jar, boolean beforeOurs) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(Path.of(jar).toUri().toURL());
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (beforeOurs || !String.valueOf(Path.of(entry).getFileName()).startsWith("flyway-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
