package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.LockWaitAlert;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.micrometer.MicrometerListener;
import io.github.embeddedcommerce.testkit.TestShop;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** metrics.md and tuning.md. */
class TuningTest {
    static CommerceFacade measured(DataSource pool, MeterRegistry registry, Consumer<String> pager) {
        return JdbcCommerce.using(pool)
                .listener(new MicrometerListener(registry))
                .listener(new LockWaitAlert(Duration.ofSeconds(2), wait -> pager.accept(wait.toString())))
                .build();
    }

    static void auditAndAlert(CommerceFacade shop, Consumer<String> pager) {
        Audit.Report report = shop.jobs().audit().call();
        if (!report.isClean()) {
            pager.accept("the books are not in order: " + report.violations());
        }
    }

    static String auditChanges(CommerceFacade shop, String kept, Consumer<String> pager) {
        Audit.Report report = shop.jobs().audit().after(new Checkpoint(kept)).call();
        if (!report.violations().isEmpty()) {
            pager.accept("the books are not in order: " + report.violations());
        }
        return report.checkpoint().value();
    }

    static CommerceFacade tuned(String url, String user, String password) {
        return JdbcCommerce.open(url, user, password)
                .poolSize(20)
                .callsPerTransaction(64)
                .settings(CommerceSettings.defaults()
                        .withTransactionRetry(TransactionRetry.defaults()
                                .withLockWait(Duration.ofSeconds(2))
                                .withTotal(Duration.ofSeconds(10))))
                .build();
    }

    @Test
    void a_use_case_is_measured_and_a_clean_audit_pages_nobody() {
        try (TestShop host = TestShop.inMemory()) {
            MeterRegistry registry = new SimpleMeterRegistry();
            List<String> pages = new ArrayList<>();
            try (CommerceFacade shop = measured(host.database(), registry, pages::add)) {
                shop.users().register(new UserId("ann"));
                auditAndAlert(shop, pages::add);
                String kept = auditChanges(shop, Checkpoint.NONE.value(), pages::add);
                shop.users().topUp(TopUp.of(new UserId("ann"), Money.ofMinor(CurrencyUnit.of("KRW"), 1)));
                assertThat(auditChanges(shop, kept, pages::add)).isNotEqualTo(kept);
            }
            assertThat(registry.get("commerce.use.case")
                            .tag("use.case", "users.register")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(pages).isEmpty();
        }
    }

    @Test
    void a_tuned_shop_opens() {
        try (CommerceFacade shop = tuned("jdbc:h2:mem:tuned", "sa", "")) {
            assertThat(shop.users().find(new UserId("ann"))).isEmpty();
        }
    }
}
