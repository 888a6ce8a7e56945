package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.browser.Look;
import io.github.embeddedcommerce.examples.storefront.browser.Tab;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What staff does in the back office, in a headless Chromium. Skipped where there is none. */
class StaffInABrowserTest {
    private static final int A_PAGE = 50;
    private static final EventSink ABSENT = event -> {
        throw new IOException("nobody listens");
    };

    @RegisterExtension
    static final BrowsedShop SHOP = new BrowsedShop(() -> new TestHost(Duration.ofSeconds(10), ABSENT));

    @Test
    void products_are_imported_and_a_line_that_is_none_is_named() {
        try (Tab tab = open("Products and stock")) {
            tab.type("A line each", "Pot, kitchen, 32000, POT-1, 10\nCup, kitchen, , CUP-1, 5");
            tab.click("Import");
            tab.see("Line 2 is not name, category, price, sku, stock");
            tab.type("A line each", "Pot, kitchen, 32000, POT-1, 10\nPot, kitchen, 32000, POT-2, 3");
            tab.click("Import");
            tab.see("1 of 1 products are registered.");
            tab.type("Find by sku", "POT-2");
            tab.click("Find");
            tab.see("POT-1");
            tab.see("On sale");
        }
        assertThat(SHOP.host()
                        .client
                        .staff("/admin/products?sku=POT-2")
                        .expect(200)
                        .get("options"))
                .hasSize(2);
        SHOP.host().client.staff("/admin/products?sku=CUP-1").refused(404, "P004");
    }

    @Test
    void stock_is_received() {
        long option = SHOP.host().option("RECEIVED", 1_000, 3);
        try (Tab tab = open("Products and stock")) {
            tab.type("Find by sku", "RECEIVED");
            tab.click("Find");
            tab.see("On hand");
            tab.type("Quantity", "4");
            tab.click("Receive");
            tab.await("[...document.querySelectorAll('.figures b')].every(one => ['7', '0'].includes(one.innerText))");
        }
        assertThat(SHOP.host().order(SHOP.host().user(0), option, 7).status()).isEqualTo(201);
    }

    @Test
    void a_coupon_is_created_and_advertised() {
        try (Tab tab = open("Coupons")) {
            tab.type("Name", "Spring");
            tab.type("Discount in percent", "12.5");
            tab.type("How many", "7");
            tab.click("Create");
            tab.see("is created and advertised.");
            tab.see("7 of 7 left");
        }
        assertThat(SHOP.host().client.get("/api/coupons").expect(200).findValuesAsText("couponName"))
                .contains("Spring");
    }

    @Test
    @Tag("R3")
    void a_piece_of_an_order_is_given_back() {
        long user = SHOP.host().user(5_000);
        long order = SHOP.host()
                .order(user, SHOP.host().option("GIVEN-BACK", 1_000, 5), 3)
                .expect(201)
                .get("orderId")
                .longValue();
        SHOP.host().pay(user, order).expect(200);
        try (Tab tab = open("Orders")) {
            tab.type("Customer", Long.toString(user));
            tab.click("Find");
            tab.await("document.querySelectorAll('tbody tr').length === 1");
            tab.click("Open");
            tab.see("What happened");
            tab.click("Give back");
            tab.see("Given back; ₩1,000 is refunded.");
            tab.see("(1 given back)");
        }
        assertThat(SHOP.host()
                        .client
                        .get("/api/users/" + user + "/balance")
                        .expect(200)
                        .get("balance")
                        .longValue())
                .isEqualTo(3_000);
    }

    @Test
    @Tag("M4")
    void unapplied_money_is_given_back() {
        SHOP.host().unappliedMoney("UNAPPLIED");
        try (Tab tab = open("Payments")) {
            tab.click("Give back");
            tab.see("The refund has begun.");
            tab.await("![...document.querySelectorAll('button')].some(one => one.innerText === 'Give back')");
        }
    }

    @Test
    @Tag("J3")
    void what_could_not_be_delivered_is_tried_again() {
        deadLetters("LETTER", 1);
        assertThat(letters()).isNotEmpty();
        try (Tab tab = open("Dead letters")) {
            tab.see("nobody listens");
            tab.picture("staff-letters");
            assertThat(tab.flaws()).isEmpty();
            tab.click("Retry all");
            tab.see("will be delivered again.");
            tab.see("Every event got through, or is still being tried.");
        }
        assertThat(letters()).isEmpty();
    }

    @Test
    void coupons_and_dead_letters_beyond_the_first_page_are_shown() {
        long first = SHOP.host().coupon(", \"totalQuantity\": 5");
        for (int i = 0; i < A_PAGE; i++) {
            SHOP.host().coupon("");
        }
        deadLetters("LETTERS", A_PAGE + 1);
        try (Tab tab = open("Coupons")) {
            assertThat(tab.evaluate(count(".note")).intValue()).isEqualTo(A_PAGE);
            tab.click("Show more");
            tab.see(first + " · Coupon");
            tab.see("5 of 5 left");
            tab.type("New total", "6");
            tab.click("Change");
            tab.see("6 of 6 left");
            tab.await(count(".note") + " > " + A_PAGE);
            tab.click("Dead letters");
            tab.see("nobody listens");
            assertThat(tab.evaluate(count("tbody tr")).intValue()).isEqualTo(A_PAGE);
            tab.click("Show more");
            tab.await(count("tbody tr") + " > " + A_PAGE);
            int dead = tab.evaluate(count("tbody tr")).intValue();
            String last = tab.evaluate("document.querySelector('tbody tr:last-child td:nth-child(2)').innerText")
                    .textValue();
            assertThat(letters().findValuesAsText("orderId")).contains(last);
            tab.evaluate("[...document.querySelectorAll('tbody tr:last-child button')].at(-1).click()");
            tab.await(count("tbody tr") + " === " + (dead - 1));
            assertThat(letters().findValuesAsText("orderId")).doesNotContain(last);
        }
    }

    private static String count(String selector) {
        return "document.querySelectorAll('main " + selector + "').length";
    }

    /** As many paid orders of which nobody could be told. */
    private static void deadLetters(String sku, int orders) {
        long user = SHOP.host().user(1_000L * orders);
        long option = SHOP.host().option(sku, 1_000, orders);
        for (int i = 0; i < orders; i++) {
            long order = SHOP.host()
                    .order(user, option, 1)
                    .expect(201)
                    .get("orderId")
                    .longValue();
            SHOP.host().pay(user, order).expect(200);
        }
        for (int tried = 0; tried < 30 && letters().size() < orders; tried++) {
            SHOP.host().clock.advance(Duration.ofHours(2));
            SHOP.host().host.shop().jobs().deliverEvents(ABSENT).call();
        }
    }

    private static JsonNode letters() {
        return SHOP.host()
                .client
                .staff("/admin/dead-letters?size=1000")
                .expect(200)
                .get("deadLetters");
    }

    private static Tab open(String desk) {
        Tab tab = SHOP.open(Look.DESK, "admin.html#" + TestHost.TOKEN);
        tab.click(desk);
        tab.await("eyes.drawn()");
        return tab;
    }
}
