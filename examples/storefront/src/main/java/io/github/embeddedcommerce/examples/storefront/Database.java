package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the shop is kept. Immutable.
 *
 * @param url its JDBC URL
 * @param user the database user; null where it needs none
 * @param password the user's password; null where it needs none
 */
record Database(String url, @Nullable String user, @Nullable String password) {
    /** Opens the shop in it; a call that the database keeps waiting for longer than {@code patience} fails. */
    CommerceFacade open(Duration patience, Clock clock, List<CommerceListener> listeners) {
        CommerceSettings settings = CommerceSettings.defaults();
        JdbcCommerce opening = JdbcCommerce.open(url, user, password)
                .settings(settings.withTransactionRetry(
                        settings.transactionRetry().withTotal(patience)))
                .clock(clock);
        listeners.forEach(opening::listener);
        return opening.build();
    }

    /** The URL as it can be shown: without the parameters, which may hold a password. */
    String shown() {
        return url.split("[;?]", 2)[0];
    }
}
