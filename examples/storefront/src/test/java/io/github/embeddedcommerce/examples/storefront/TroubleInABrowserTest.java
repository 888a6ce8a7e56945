package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.storefront.browser.Look;
import io.github.embeddedcommerce.examples.storefront.browser.Tab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the pages do when something goes wrong, in a headless Chromium. Skipped where there is none. */
class TroubleInABrowserTest {
    @RegisterExtension
    static final BrowsedShop SHOP = new BrowsedShop(TestHost::new);

    /** Every call is carried out, and no answer to it comes back until {@code window.heard} is called. */
    private static void loseAnswers(Tab tab, String method) {
        tab.evaluate("""
                (() => {
                  const real = window.fetch;
                  window.heard = () => { window.fetch = real; };
                  window.fetch = async (path, call) => {
                    const response = await real(path, call);
                    if (call.method === '%s') throw new TypeError('the answer is lost');
                    return response;
                  };
                })()""".formatted(method));
    }

    @Test
    @Tag("E3")
    void what_is_asked_for_again_because_its_answer_was_lost_is_done_once() {
        try (Tab tab = open("#/account")) {
            loseAnswers(tab, "PATCH");
            tab.click("+ ₩200,000");
            tab.see("The shop cannot be reached.");
            tab.evaluate("heard()");
            tab.click("+ ₩200,000");
            tab.see("Your balance is now ₩200,000.");
            tab.click("+ ₩200,000");
            tab.see("Your balance is now ₩400,000.");
        }
    }

    @Test
    void what_is_put_into_the_cart_again_because_its_answer_was_lost_is_there_once() {
        long product = SHOP.host().product("KEPT", 1_000, 9).get("productId").longValue();
        try (Tab tab = open("#/product/" + product)) {
            loseAnswers(tab, "POST");
            tab.click("Add to cart");
            tab.see("The shop cannot be reached.");
            tab.evaluate("heard()");
            tab.click("Add to cart");
            tab.see("Cart (1)");
        }
    }

    @Test
    void what_went_wrong_is_not_told_any_more_once_it_has_gone_well() {
        long product = SHOP.host().product("DEAR", 150_000, 9).get("productId").longValue();
        try (Tab tab = open("#/product/" + product)) {
            tab.click("Buy now");
            tab.click("Pay ₩150,000 from balance");
            tab.see("Top up and pay again");
            tab.click("Account");
            tab.click("+ ₩200,000");
            tab.see("Your balance is now ₩200,000.");
            assertThat(tab.evaluate("eyes.shows('Top up and pay again')").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void what_was_sold_out_can_be_bought_when_it_is_there_again() {
        var product = SHOP.host().product("BACK", 1_000, 0);
        try (Tab tab = open("#/product/" + product.get("productId"))) {
            tab.see("Sold out");
            SHOP.host()
                    .client
                    .staff(
                            "POST",
                            "/admin/options/" + product.at("/options/0/productOptionId") + "/receipts",
                            "{\"quantity\": 1, \"note\": \"\"}")
                    .expect(201);
            tab.see("1 left");
            tab.click("Buy now");
            tab.see("Reserved for you for another");
        }
    }

    @Test
    void an_order_whose_time_is_over_says_so() {
        long product = SHOP.host().product("LATE", 1_000, 9).get("productId").longValue();
        try (Tab tab = open("#/product/" + product)) {
            tab.click("Buy now");
            tab.see("Reserved for you for another 9:");
            tab.evaluate("(() => { const now = Date.now; Date.now = () => now() + 598000; })()");
            tab.see("The time to pay is over. What was reserved is for sale again.");
            assertThat(tab.evaluate("eyes.shows('from balance')").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void an_order_says_which_option_it_is_of() {
        var product = SHOP.host().client.staff("POST", "/admin/products", """
                        {"name": "Scarf", "category": "clothing", "price": 100, "options":
                        [{"sku": "SCARF-R", "color": "red", "size": "L", "stock": 5}]}""").expect(201);
        try (Tab tab = open("#/product/" + product.get("productId"))) {
            tab.click("Buy now");
            tab.see("Reserved for you for another");
            tab.see("red · L");
        }
    }

    @Test
    void what_was_typed_wrong_is_told_in_words() {
        long product = SHOP.host().product("ODD", 1_000, 9).get("productId").longValue();
        try (Tab tab = open("#/product/" + product)) {
            tab.type("Quantity", "1.5");
            tab.click("Buy now");
            tab.see("The quantity must be a whole number from 1 to 1,000,000.");
            tab.click("Account");
            tab.type("Another amount", "9000000000000000");
            tab.click("Top up");
            tab.see("A balance holds at most ₩1,000,000,000,000,000.");
        }
    }

    @Test
    void a_token_that_is_no_token_is_told_in_words() {
        try (Tab tab = open("admin.html#50%off")) {
            tab.see("The admin token is wrong.");
        }
    }

    @Test
    void a_card_payment_that_is_not_known_is_told_and_one_that_cannot_be_asked_for_is_tried_again() {
        try (Tab tab = open("card.html#7/7")) {
            tab.see("This payment is not known here. Begin it again in the shop.");
            loseAnswers(tab, "GET");
            tab.click("한국어");
            tab.see("쇼핑몰에 연결할 수 없습니다.");
            tab.evaluate("heard()");
            tab.click("다시 시도");
            tab.see("알 수 없는 결제입니다.");
        }
    }

    private static Tab open(String path) {
        return SHOP.open(Look.DESK, path);
    }
}
