package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.examples.storefront.browser.Look;
import io.github.embeddedcommerce.examples.storefront.browser.Tab;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the pages show when answers come late, or later than those to what was asked after, in a headless Chromium. */
class LateAnswersInABrowserTest {
    @RegisterExtension
    static final BrowsedShop SHOP = new BrowsedShop(TestHost::new);

    /** The next read from such a path is made at once, and its answer held back until {@link #letGo}. */
    private static void holdAnswer(Tab tab, String path) {
        hold(tab, path, "const response = await real(path, call); await opened; return response;");
    }

    /** The next read from such a path is not made before {@link #letGo}. */
    private static void holdRead(Tab tab, String path) {
        hold(tab, path, "await opened; return real(path, call);");
    }

    private static void hold(Tab tab, String path, String how) {
        tab.evaluate("""
                (() => {
                  const real = window.fetch;
                  let open;
                  const opened = new Promise(done => { open = done; });
                  window.held = false;
                  window.fetch = async (path, call) => {
                    if (window.held || !path.includes('%s')) return real(path, call);
                    window.held = true;
                    %s
                  };
                  window.letGo = () => { open(); return new Promise(done => setTimeout(done, 200)); };
                })()""".formatted(path, how));
    }

    /** Comes to its end when the page has dealt with what was held. */
    private static void letGo(Tab tab) {
        tab.await("window.held");
        tab.evaluate("letGo()");
    }

    @Test
    @Tag("M4")
    void a_refund_that_is_carried_out_while_the_lists_are_read_leaves_no_button_for_another() {
        SHOP.host().unappliedMoney("CLOSED-MEANWHILE");
        try (Tab tab = open("admin.html#" + TestHost.TOKEN)) {
            tab.click("Payments");
            tab.see("Give back");
            holdRead(tab, "admin/refunds");
            tab.click("Give back");
            tab.await("window.held");
            SHOP.host()
                    .await(
                            "no refund that is due",
                            () -> staff("/admin/refunds?state=DUE")
                                    .get("refunds")
                                    .isEmpty());
            letGo(tab);
            tab.see("The refund has begun.");
            tab.await("![...document.querySelectorAll('button')].some(one => one.innerText === 'Give back')");
        }
    }

    @Test
    void of_two_lists_that_were_asked_for_at_once_the_one_that_was_asked_for_last_is_shown() {
        try (Tab tab = open("")) {
            long user = BrowsedShop.user(tab);
            long option = SHOP.host().option("LISTED", 1_000, 5);
            long pending = SHOP.host()
                    .order(user, option, 1)
                    .expect(201)
                    .get("orderId")
                    .longValue();
            long cancelled = SHOP.host()
                    .order(user, option, 1)
                    .expect(201)
                    .get("orderId")
                    .longValue();
            SHOP.host()
                    .client
                    .post("/api/orders/" + cancelled + "/cancellation", TestHost.by(user))
                    .expect(200);
            tab.click("Orders");
            tab.see("Order " + pending);
            holdAnswer(tab, "status=PENDING");
            tab.click("To be paid");
            tab.click("Cancelled");
            tab.await("!eyes.shows('Order " + pending + "')");
            letGo(tab);
            assertThat(tab.evaluate("document.querySelectorAll('a.card').length")
                            .intValue())
                    .isOne();
            tab.see("Order " + cancelled);
        }
    }

    @Test
    void the_second_page_of_a_list_is_left_out_once_another_list_is_wanted() {
        try (Tab tab = open("")) {
            long user = BrowsedShop.user(tab);
            long option = SHOP.host().option("PAGED", 1_000, 50);
            for (int i = 0; i < 21; i++) {
                SHOP.host().order(user, option, 1).expect(201);
            }
            tab.click("Orders");
            holdAnswer(tab, "cursor=");
            tab.click("Show more");
            tab.await("window.held");
            tab.click("Cancelled");
            tab.see("You have not ordered anything yet.");
            letGo(tab);
            assertThat(tab.evaluate("document.querySelectorAll('a.card').length")
                            .intValue())
                    .isZero();
        }
    }

    @Test
    @Tag("O6")
    void an_order_whose_time_runs_out_while_it_is_read_cannot_be_paid() {
        long product =
                SHOP.host().product("OUT-OF-TIME", 1_000, 9).get("productId").longValue();
        try (Tab tab = open("#/product/" + product)) {
            tab.see("9 left");
            holdAnswer(tab, "/balance");
            tab.click("Buy now");
            tab.await("window.held");
            tab.evaluate("(() => { const now = Date.now; Date.now = () => now() + 601000; })()");
            letGo(tab);
            tab.see("The time to pay is over.");
            assertThat(tab.evaluate("eyes.shows('from balance')").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void a_page_that_is_drawn_again_twice_at_once_is_there_once() {
        try (Tab tab = open("#/account")) {
            holdAnswer(tab, "balance/logs");
            tab.click("+ ₩10,000");
            tab.await("window.held");
            tab.click("+ ₩200,000");
            tab.see("Your balance is now ₩210,000.");
            letGo(tab);
            tab.see("Your balance is now ₩10,000.");
            assertThat(tab.evaluate("document.querySelectorAll('h1').length").intValue())
                    .isOne();
            assertThat(tab.evaluate("document.querySelector('p.big').innerText").textValue())
                    .isEqualTo("₩210,000");
        }
    }

    @Test
    void what_is_left_before_it_was_drawn_asks_for_nothing_any_more() {
        long product = SHOP.host().product("LEFT", 1_000, 5).get("productId").longValue();
        try (Tab tab = open("#/account")) {
            holdAnswer(tab, "api/products/" + product);
            tab.evaluate("location.hash = '#/product/" + product + "'");
            tab.await("window.held");
            tab.evaluate("location.hash = '#/cart'");
            tab.see("Your cart is empty");
            letGo(tab);
            long asked = asked(tab, product);
            LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos()); // a product's page asks each two seconds
            assertThat(asked(tab, product)).isEqualTo(asked);
            tab.see("Your cart is empty");
        }
    }

    private static long asked(Tab tab, long product) {
        return tab.requests().stream()
                .filter(url -> url.endsWith("api/products/" + product))
                .count();
    }

    private static JsonNode staff(String path) {
        return SHOP.host().client.staff(path).expect(200);
    }

    private static Tab open(String path) {
        return SHOP.open(Look.DESK, path);
    }
}
