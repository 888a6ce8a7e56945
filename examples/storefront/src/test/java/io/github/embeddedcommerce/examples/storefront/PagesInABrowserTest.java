package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.storefront.browser.Look;
import io.github.embeddedcommerce.examples.storefront.browser.Tab;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages as visitors see and use them, in a headless Chromium; pictures of them are left in
 * {@code target/screenshots}. Skipped where there is no Chromium.
 */
class PagesInABrowserTest {
    private static final List<String> DESKS =
            List.of("Figures", "Products and stock", "Stock", "Coupons", "Users", "Payments", "Dead letters", "Audit");
    private static final List<String> DESKS_IN_KOREAN =
            List.of("매출", "상품과 재고", "재고", "쿠폰", "고객", "결제", "미전달 이벤트", "감사");

    @RegisterExtension
    static final BrowsedShop SHOP = new BrowsedShop(() ->
            new TestHost("jdbc:h2:mem:" + UUID.randomUUID(), Duration.ofSeconds(10), event -> {}, DemoData.SMALL_SHOP));

    static List<Look> otherLooks() {
        return List.of(Look.NIGHT, Look.PHONE, Look.POCKET);
    }

    static List<Look> looks() {
        return List.of(Look.DESK, Look.NIGHT, Look.PHONE, Look.POCKET);
    }

    @Test
    @Tag("O1")
    @Tag("O2")
    @Tag("O5")
    @Tag("K2")
    void a_purchase_from_the_shelf_to_the_receipt_and_back() {
        try (Tab tab = SHOP.open(Look.DESK, "")) {
            tab.click("Linen shirt");
            tab.see("Washed linen");
            tab.click("navy · M");
            tab.click("One more");
            tab.click("Add to cart");
            tab.see("Cart (2)");
            tab.click("Coupons");
            tab.see("Coupon hunt");
            tab.click("Get it");
            tab.see("It is yours.");
            tab.click("Cart (2)");
            tab.see("₩104,000");
            tab.click("Place order");
            tab.see("Reserved for you for another");
            tab.see("Your balance is ₩104,000 short.");
            tab.click("Pay ₩104,000 from balance");
            tab.see("Your balance is ₩104,000 short. Top up and pay again; your order is kept.");
            tab.click("Top up");
            tab.see("Nothing has changed your balance yet.");
            tab.click("+ ₩200,000");
            tab.see("Your balance is now ₩200,000.");
            tab.click("Orders");
            tab.click("Order ");
            tab.choose("Coupon", "₩5,000 off");
            tab.click("Pay from balance");
            tab.see("Paid. ₩101,000 is left in your balance.");
            tab.see("− ₩5,000");
            tab.picture("receipt");
            tab.click("Cancel and get the money back");
            tab.see("The order is cancelled, and ₩99,000 is back in your balance.");
            nothingWrong(tab);
        }
    }

    @Test
    void a_purchase_by_keyboard_alone() {
        try (Tab tab = SHOP.open(Look.DESK, "")) {
            tab.tabTo("Account");
            tab.press("Enter");
            tab.see("Balance history");
            tab.tabTo("+ ₩200,000");
            tab.press("Enter");
            tab.see("Your balance is now ₩200,000.");
            tab.tabTo("Products");
            tab.press("Enter");
            tab.see("Everything in the shop");
            tab.tabTo("Desk Fountain pen");
            tab.press("Enter");
            tab.see("Piston filler");
            tab.tabTo("F");
            tab.press("ArrowDown");
            tab.tabTo("Buy now");
            tab.press("Enter");
            tab.see("Reserved for you for another");
            tab.tabTo("Pay ₩76,000");
            tab.press("Space");
            tab.see("Paid. ₩124,000 is left in your balance.");
            nothingWrong(tab);
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void every_view_of_the_shop_is_legible_fits_and_asks_nobody_outside(Look look) {
        try (Tab tab = SHOP.open(look, "")) {
            fine(tab, "products");
            tab.go("#/product/4");
            fine(tab, "product");
            tab.go("#/cart");
            fine(tab, "cart-empty");
            List<Long> orders = fill(BrowsedShop.user(tab));
            tab.go("#/coupons");
            fine(tab, "coupons");
            tab.go("#/cart");
            fine(tab, "cart");
            tab.go("#/orders");
            fine(tab, "orders");
            for (long order : orders) {
                tab.go("#/order/" + order);
                fine(tab, "order-" + orders.indexOf(order));
            }
            tab.go("#/account");
            fine(tab, "account");
            nothingWrong(tab);
        }
    }

    /** One order of each state, a coupon, and something in the cart. */
    private static List<Long> fill(long user) {
        SHOP.host()
                .client
                .patch("/api/users/" + user + "/balance", "{\"amount\": 500000}")
                .expect(200);
        long paid = order(user, 9);
        SHOP.host().pay(user, paid).expect(200);
        long cancelled = order(user, 10);
        SHOP.host()
                .client
                .post("/api/orders/" + cancelled + "/cancellation", TestHost.by(user))
                .expect(200);
        SHOP.host().client.post("/api/coupons/1/issue", TestHost.by(user)).expect(201);
        SHOP.host()
                .client
                .post("/api/users/" + user + "/cart", "{\"productOptionId\": 6, \"quantity\": 2}")
                .expect(201);
        return List.of(order(user, 1), paid, cancelled);
    }

    private static long order(long user, long option) {
        return SHOP.host().order(user, option, 1).expect(201).get("orderId").longValue();
    }

    @ParameterizedTest
    @MethodSource("otherLooks")
    void every_page_for_staff_is_legible_fits_and_asks_nobody_outside(Look look) {
        boolean korean = look.language().startsWith("ko");
        try (Tab tab = SHOP.open(look, "admin.html")) {
            fine(tab, "staff-token");
            tab.visit("admin.html#" + TestHost.TOKEN);
            tab.click(korean ? "열기" : "Open");
            tab.see(korean ? "주문 이력" : "What happened");
            fine(tab, "staff-orders");
            for (String desk : korean ? DESKS_IN_KOREAN : DESKS) {
                tab.click(desk);
                tab.await("eyes.drawn()");
                fine(tab, "staff-" + DESKS.get((korean ? DESKS_IN_KOREAN : DESKS).indexOf(desk)));
            }
            tab.visit("operations.html");
            tab.await("document.querySelector('.chart path.s0')");
            fine(tab, "operations");
            nothingWrong(tab);
        }
    }

    @Test
    @Tag("S1")
    @Tag("J5")
    void a_flash_sale_ends_at_exactly_its_pieces_while_the_charts_move() {
        try (Tab tab = SHOP.open(Look.DESK, "operations.html#" + TestHost.TOKEN)) {
            tab.await("document.querySelector('.chart path.s0')");
            String still = tab.evaluate("document.querySelector('.chart path.s0').getAttribute('d')")
                    .textValue();
            tab.click("Start the flash sale");
            tab.await("document.querySelectorAll('.crowd i').length === 500");
            tab.see("Exactly 50 of 50 sold, 450 came too late, and the books are in order.");
            assertThat(tab.evaluate("document.querySelectorAll('.crowd i.B').length")
                            .intValue())
                    .isEqualTo(50);
            tab.await("document.querySelector('.chart path.s0').getAttribute('d') !== '" + still + "'");
            // hundreds were refused within a few seconds, and the scale of the chart has followed
            tab.await(
                    "[...document.querySelectorAll('.chart')[0].querySelectorAll('text')].some(one => Number(one.textContent) >= 100)");
            tab.click("Audit now");
            tab.see("invariants hold.");
            fine(tab, "flash-sale");
            nothingWrong(tab);
        }
    }

    @Test
    @Tag("M1")
    @Tag("M3")
    void a_card_payment_of_which_the_provider_tells_late() {
        try (Tab tab = SHOP.open(Look.PHONE, "#/product/7")) {
            tab.click("Buy now");
            tab.click("Pay by card");
            tab.see("Pretend Pay");
            fine(tab, "card");
            String session = tab.evaluate("location.hash").textValue().replaceAll("#(\\d+)/.*", "$1");
            tab.click("Back to the shop");
            tab.see("The card provider has not told us yet");
            fine(tab, "card-late");
            SHOP.host()
                    .client
                    .post("/provider/sessions/" + session, "{\"answer\": \"LATE\", \"afterSeconds\": 1}")
                    .expect(202);
            tab.see("Cancel and get the money back");
            tab.click("Cancel and get the money back");
            tab.see("Cancelled");
            nothingWrong(tab);
        }
    }

    @Test
    @Tag("M2")
    void a_declined_card_is_told_in_words() {
        try (Tab tab = SHOP.open(Look.DESK, "#/product/7")) {
            tab.click("Buy now");
            tab.click("Pay by card");
            tab.click("Decline");
            tab.see("The card was declined. Nothing was charged; your order is kept.");
            nothingWrong(tab);
        }
    }

    @Test
    @Tag("R1")
    @Tag("R2")
    void the_back_office_finds_orders_and_labels_them() {
        long user = SHOP.host().user(100_000);
        long paid = order(user, 9);
        SHOP.host().pay(user, paid).expect(200);
        long pending = order(user, 9);
        try (Tab tab = SHOP.open(Look.DESK, "admin.html#" + TestHost.TOKEN)) {
            tab.type("Customer", Long.toString(user));
            tab.click("Find");
            tab.await("document.querySelectorAll('tbody tr').length === 2");
            tab.click("To be paid");
            tab.await("document.querySelector('tbody').innerText.startsWith('" + pending
                    + "') && document.querySelectorAll('tbody tr').length === 1");
            tab.click("Open");
            tab.see("What happened");
            tab.type("Note", "ring twice");
            tab.click("Save");
            tab.see("Saved.");
            tab.click("Cancel order");
            tab.see("Nothing fits.");
            nothingWrong(tab);
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_is_not_there_is_told_in_words(Look look) {
        boolean korean = look.language().startsWith("ko");
        try (Tab tab = SHOP.open(look, "#/product/999")) {
            tab.see(korean ? "더 이상 없는 상품입니다." : "This product is no longer here.");
            fine(tab, "error");
            tab.visit("admin.html#guess");
            tab.see(korean ? "관리자 토큰이 틀렸습니다." : "The admin token is wrong.");
            fine(tab, "staff-error");
            tab.click(korean ? "다시 시도" : "Try again");
            tab.see(korean ? "직원 전용" : "For staff");
            nothingWrong(tab);
        }
    }

    @Test
    void the_language_is_the_browsers_until_another_is_chosen() {
        try (Tab tab = SHOP.open(Look.NIGHT, "")) {
            tab.see("전체 상품");
            assertThat(tab.evaluate("document.documentElement.lang").textValue())
                    .isEqualTo("ko");
            tab.click("English");
            tab.see("Everything in the shop");
            tab.visit("");
            tab.see("Everything in the shop");
            tab.click("Light colours");
            tab.visit("#/cart");
            assertThat(tab.evaluate("document.documentElement.dataset.theme").textValue())
                    .isEqualTo("light");
            nothingWrong(tab);
        }
    }

    private static void fine(Tab tab, String name) {
        tab.picture(name);
        assertThat(tab.flaws()).as(name).isEmpty();
    }

    private static void nothingWrong(Tab tab) {
        assertThat(tab.requests())
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).matches("(\\Q" + SHOP.address() + "\\E|about:|data:).*"));
        assertThat(tab.complaints()).isEmpty();
    }
}
