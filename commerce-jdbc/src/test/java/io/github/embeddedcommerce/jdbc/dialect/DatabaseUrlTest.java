package io.github.embeddedcommerce.jdbc.dialect;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL may say, what is added to it, and what of it nobody is told. */
class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:h2:MEM:", "JDBC:H2:mem:", "jdbc:h2:mem:;DB_CLOSE_DELAY=-1"})
    @Tag("D1")
    @Tag("E2")
    void a_database_in_memory_without_a_name_is_refused(String url) {
        refused(ErrorCode.VALIDATION_ERROR, () -> JdbcCommerce.open(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:tcp://localhost:1/shop;PASSWORD=secret",
                "jdbc:h2:relative;PASSWORD=secret",
                "jdbc:h2:relative;user=sa;password=secret;CIPHER=AES",
                "jdbc:h2:mem:x;PASSWORD=secret;NONSENSE",
                "jdbc:mariadb://ann:secret@localhost:1/shop",
                "jdbc:mariadb://localhost:port/shop?user=ann&password=secret",
                "jdbc:postgresql://localhost:port/shop?user=ann&password=secret",
                "jdbc:postgresql://localhost:1/shop?password=secret&user=ann",
                "jdbc:nonsense://ann:secret@localhost/shop?password=secret"
            })
    @Tag("E3")
    void a_password_in_the_url_is_told_nobody(String url) {
        assertThatThrownBy(() -> JdbcCommerce.open(url).build())
                .satisfies(failure -> assertThat(printed(failure)).doesNotContain("secret"));
    }

    @Test
    @Tag("E3")
    void the_words_of_the_database_are_kept_where_they_tell_no_password() {
        assertThatThrownBy(() ->
                        JdbcCommerce.open("jdbc:h2:relative;PASSWORD=secret").build())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot connect to jdbc:h2:relative: OTHER, the database says: ")
                .hasMessageContaining("implicitly relative to the current working directory")
                .hasMessageContaining("jdbc:h2:async:relative;PASSWORD=…")
                .hasMessageNotContaining("secret")
                .hasStackTraceContaining("jdbc:h2:async:relative;PASSWORD=…")
                .hasStackTraceContaining("org.h2");
        assertThatThrownBy(() ->
                        JdbcCommerce.open("jdbc:h2:mem:x;PASSWORD=secret;FOO=1").build())
                .hasStackTraceContaining("Unsupported connection setting");
    }

    @Test
    @Tag("D1")
    void what_is_asked_of_h2_is_added_where_the_url_does_not_say_otherwise() {
        String cache = ";QUERY_CACHE_SIZE=200";
        assertThat(completed("jdbc:h2:async:/shop")).isEqualTo(cache + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        assertThat(completed("jdbc:h2:mem:shop")).isEqualTo(cache);
        assertThat(completed("jdbc:h2:async:/shop;db_close_on_exit=TRUE")).isEqualTo(cache + ";WRITE_DELAY=0");
        assertThat(completed("jdbc:h2:async:/shop;Write_Delay=9")).isEqualTo(cache + ";DB_CLOSE_ON_EXIT=FALSE");
        assertThat(completed("jdbc:h2:async:/shop;AUTO_SERVER=TRUE")).isEqualTo(cache + ";WRITE_DELAY=0");
        assertThat(completed("jdbc:h2:tcp://localhost/shop")).isEqualTo(cache);
        assertThat(completed("jdbc:h2:mem:shop;query_cache_size=9")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/shop, jdbc:h2:async:/shop",
        "JDBC:H2:FILE:./shop, jdbc:h2:async:./shop",
        "jdbc:h2:/shop, jdbc:h2:async:/shop",
        "jdbc:h2:~/shop, jdbc:h2:async:~/shop",
        "jdbc:h2:C:/shop, jdbc:h2:async:C:/shop",
        "jdbc:h2:nioMapped:/shop, jdbc:h2:nioMapped:/shop",
        "jdbc:h2:retry:/shop, jdbc:h2:retry:/shop",
        "jdbc:h2:tcp://localhost/shop, jdbc:h2:tcp://localhost/shop"
    })
    @Tag("D1")
    void a_file_of_h2_is_opened_so_that_an_interrupt_does_not_close_it(String url, String opened) {
        assertThat(new DatabaseUrl(url).completed()).startsWith(opened + ";");
    }

    @Test
    @Tag("D1")
    void mariadb_and_mysql_are_asked_to_take_several_statements_at_once() {
        assertThat(completed("jdbc:mariadb://localhost/shop")).isEqualTo("?allowMultiQueries=true");
        assertThat(completed("jdbc:mysql://localhost/shop?useSSL=false")).isEqualTo("&allowMultiQueries=true");
        assertThat(completed("jdbc:mysql://localhost/shop?allowMultiQueries=false"))
                .isEmpty();
        assertThat(completed("jdbc:postgresql://localhost/shop")).isEmpty();
    }

    private static String completed(String url) {
        return new DatabaseUrl(url).completed().substring(url.length());
    }

    @Test
    @Tag("D1")
    void a_host_can_use_the_shop_until_it_ends_and_loses_nothing_if_it_does_not_close_it(@TempDir Path folder)
            throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("shop");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingHost.class.getName(),
                        url)
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(printed).isZero();
        try (CommerceFacade shop = JdbcCommerce.open(url).build()) {
            assertThat(shop.users().get(new UserId("ann")).balance())
                    .as(printed)
                    .isEqualTo(ShopTest.won(7));
            assertThat(shop.jobs().audit().call().isClean()).isTrue();
        }
    }

    /** Uses a shop while the JVM ends, after H2 has closed what it closes by itself, and never closes it. */
    static final class EndingHost {
        private EndingHost() {}

        public static void main(String[] arguments) throws SQLException {
            CommerceFacade shop = JdbcCommerce.open(arguments[0]).build();
            UserId ann = shop.users().register(new UserId("ann")).id();
            Connection closedByH2 = DriverManager.getConnection(arguments[0] + "-closed-by-h2");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                await(closedByH2);
                shop.users().topUp(TopUp.of(ann, ShopTest.won(7)));
            }));
            System.exit(0);
        }

        private static void await(Connection closedByH2) {
            try {
                long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                while (answers(closedByH2) && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getClass().getName().equals("org.h2.engine.OnExitDatabaseCloser")) {
                        thread.join();
                    }
                }
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static boolean answers(Connection connection) {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("select 1");
            } catch (SQLException closed) {
                return false;
            }
        }
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
