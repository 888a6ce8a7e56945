package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No driver travels with the library: where one is missing, the refusal says which dependency to add. */
@Tag("D1")
@Tag("E2")
class MissingDriverTest {
    private static final List<String> DRIVERS =
            List.of("h2-", "postgresql-", "mariadb-java-client-", "mysql-connector-");

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:shop, com.h2database:h2",
        "jdbc:h2:file:./shop, com.h2database:h2",
        "jdbc:postgresql://localhost/shop, org.postgresql:postgresql",
        "jdbc:mariadb://localhost/shop, org.mariadb.jdbc:mariadb-java-client",
        "jdbc:mysql://localhost/shop, com.mysql:mysql-connector-j",
        "jdbc:oracle:thin:@localhost, 'the driver of H2, PostgreSQL, MariaDB or MySQL'"
    })
    void a_missing_driver_is_named(String url, String dependency) throws Exception {
        try (URLClassLoader host =
                new URLClassLoader(classPathWithoutDrivers(), ClassLoader.getPlatformClassLoader())) {
            Class<?> commerce = host.loadClass("io.github.embeddedcommerce.jdbc.JdbcCommerce");
            Object opening = commerce.getMethod("open", String.class).invoke(null, url);

            assertThatThrownBy(() -> commerce.getMethod("build").invoke(opening))
                    .isInstanceOfSatisfying(InvocationTargetException.class, thrown -> {
                        Throwable refusal = thrown.getTargetException();
                        assertThat(refusal.getClass().getSimpleName()).isEqualTo("CommerceException");
                        assertThat(refusal).hasMessageContaining(": add " + dependency + " (");
                    });
        }
    }

    private static URL[] classPathWithoutDrivers() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            String name = String.valueOf(Path.of(entry).getFileName());
            if (DRIVERS.stream().noneMatch(name::startsWith)) {
                urls.add(url(entry));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }
}
