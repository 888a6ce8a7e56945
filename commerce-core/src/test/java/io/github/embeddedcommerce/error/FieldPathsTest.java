package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.Validity;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.stock.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A request that is right in everything but one component is refused by the path of that component. */
@Tag("E1")
class FieldPathsTest {
    private static final DiscountRule TENTH = DiscountRule.percent(10);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** An option as a host describes it, before the library has looked at it. */
    private static final class Described {
        String sku;
        Map<String, String> attributes = new LinkedHashMap<>();
        long stock = 1;

        Described(int number, int attributeCount) {
            sku = "SKU-" + number;
            for (int i = 0; i < attributeCount; i++) {
                attributes.put("attribute" + i, "value");
            }
        }
    }

    /** What can be wrong with one option, and how the path goes on from it. */
    private record Broken(String path, Consumer<Described> deed) {
        @Override
        public String toString() {
            return path;
        }
    }

    @Property
    void an_option_of_a_product_is_named_by_its_place(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 20) Integer> attributeCounts,
            @ForAll @IntRange(max = 5) int place,
            @ForAll("broken") Broken broken) {
        int bad = place % attributeCounts.size();
        List<Described> options = new ArrayList<>();
        for (int count : attributeCounts) {
            options.add(new Described(options.size(), count));
        }
        options.get(bad).attributes.remove("attribute19"); // leaves room for one more
        broken.deed.accept(options.get(bad));

        assertRefused("options[" + bad + "]" + broken.path, () -> {
            NewProduct product = NewProduct.of("Mug", "kitchen", won(1));
            for (Described option : options) {
                product = product.withOption(option.sku, option.attributes, option.stock);
            }
        });
    }

    @Property
    void the_second_option_of_one_sku_is_named(
            @ForAll @IntRange(min = 1, max = 10) int count, @ForAll @IntRange(max = 9) int first) {
        int taken = first % count;
        assertRefused("options[" + count + "].sku", () -> {
            NewProduct product = NewProduct.of("Mug", "kitchen", won(1));
            for (int i = 0; i < count; i++) {
                product = product.withOption("SKU-" + i, 1);
            }
            product.withOption("SKU-" + taken, 1);
        });
    }

    @Property
    void the_details_of_a_product_are_named(@ForAll @From("badTexts") String bad) {
        NewProduct product = NewProduct.of("Mug", "kitchen", won(1));
        assertRefused("details.texts.name", () -> NewProduct.of(bad, "kitchen", won(1)));
        assertRefused("details.category", () -> NewProduct.of("Mug", bad, won(1)));
        assertRefused("details.price", () -> NewProduct.of("Mug", "kitchen", won(-1)));
        assertRefused("details.price", () -> NewProduct.of("Mug", "kitchen", nothing()));
        assertRefused("details.texts.description", () -> product.describedAs("a\0" + bad));
        assertRefused("options", product::complete);
    }

    @Property
    void what_is_to_change_of_a_product_is_named(@ForAll @From("badTexts") String bad) {
        ProductChange change = ProductChange.none().withOnSale(true);
        assertRefused("texts.name", () -> change.withName(bad));
        assertRefused("texts.name", () -> change.withName(nothing()));
        assertRefused("texts.description", () -> change.withDescription("a\0" + bad));
        assertRefused("texts.description", () -> change.withDescription(nothing()));
        assertRefused("category", () -> change.withCategory(bad));
        assertRefused("category", () -> change.withCategory(nothing()));
        assertRefused("price", () -> change.withPrice(won(-1)));
        assertRefused("price", () -> change.withPrice(nothing()));
        assertRefused("change", ProductChange.none()::complete);
    }

    @Property
    void the_terms_of_a_coupon_are_named(@ForAll @From("badTexts") String bad) {
        NewCoupon coupon = NewCoupon.of("Spring", TENTH, NOON);
        Validity validity = new Validity(null, NOON);
        assertRefused("terms.name", () -> NewCoupon.of(bad, TENTH, NOON));
        assertRefused("terms.discount", () -> NewCoupon.of("Spring", nothing(), NOON));
        assertRefused("terms.validity.expiresAt", () -> NewCoupon.of("Spring", TENTH, nothing()));
        assertRefused("terms.validity.expiresAt", () -> NewCoupon.of("Spring", TENTH, Instant.MAX));
        assertRefused("terms.validity.expiresAt", () -> coupon.validFrom(NOON));
        assertRefused("terms.validity.from", () -> coupon.validFrom(nothing()));
        assertRefused("terms.validity.from", () -> coupon.validFrom(Instant.MIN));
        assertRefused("terms.minimumTotal", () -> coupon.forOrdersFrom(won(-1)));
        assertRefused("terms.minimumTotal", () -> coupon.forOrdersFrom(nothing()));
        assertRefused("total", () -> coupon.limitedTo(-1));
        assertRefused("terms", () -> new NewCoupon(nothing(), 1L));
        assertRefused("validity", () -> new CouponTerms("Spring", TENTH, nothing(), null));
        assertRefused("name", () -> new CouponTerms(bad, TENTH, validity, null));
    }

    @Property
    void a_line_of_an_order_is_named_by_its_place(@ForAll @IntRange(max = 10) int before) {
        PlaceOrder order = PlaceOrder.by(ANN);
        for (int i = 0; i < before; i++) {
            order = order.line(new OptionId(i + 1L), 1);
        }
        PlaceOrder good = order;
        assertRefused("lines[" + before + "].quantity", () -> good.line(new OptionId(1), 0));
        assertRefused("lines[" + before + "].quantity", () -> good.line(new OptionId(1), Quantity.MAX + 1));
        assertRefused("lines[" + before + "].option", () -> good.line(nothing(), 1));
        assertRefused("key", () -> good.withKey(nothing()));
        assertRefused("user", () -> PlaceOrder.by(nothing()));
        if (before == 0) {
            assertRefused("lines", good::validated);
        }
    }

    @Property
    @Tag("M6")
    void a_line_of_a_return_is_named_by_its_place(@ForAll @IntRange(max = 10) int before) {
        ReturnItems items = ReturnItems.of(new OrderId(1));
        for (int i = 0; i < before; i++) {
            items = items.line(i + 1, 1);
        }
        ReturnItems good = items;
        String added = "lines[" + before + "]";
        assertRefused(added + ".quantity", () -> good.line(11, 0));
        assertRefused(added + ".quantity", () -> good.line(11, Quantity.MAX + 1));
        assertRefused(added + ".line", () -> good.line(0, 1));
        assertRefused(added + ".line", () -> good.line(PlaceOrder.MAX_LINES + 1, 1));
        assertRefused("note", () -> good.withNote("x".repeat(256)));
        assertRefused("note", () -> good.withNote(nothing()));
        assertRefused("key", () -> good.withKey(nothing()));
        assertRefused("order", () -> ReturnItems.of(nothing()));
        if (before == 0) {
            assertRefused("lines", good::validated);
        } else {
            assertRefused(added + ".line", () -> good.line(before, 1));
        }
    }

    @Property
    void a_chosen_item_of_the_cart_is_named_by_its_place(
            @ForAll @IntRange(min = 1, max = 10) int count, @ForAll @IntRange(max = 9) int first) {
        List<CartItemId> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new CartItemId(i + 1L));
        }
        items.add(items.get(first % count));
        assertRefused("cart.items[" + count + "]", () -> PlaceOrder.fromCart(ANN, items));
        items.set(count, nothing());
        assertRefused("cart.items[" + count + "]", () -> PlaceOrder.fromCart(ANN, items));
        assertRefused("cart.items", () -> PlaceOrder.fromCart(ANN, List.of()));
        assertRefused("cart.items", () -> PlaceOrder.fromCart(ANN, nothing()));
    }

    @Example
    void a_discount_is_named_by_what_it_is_made_of() {
        assertRefused("percent", () -> new DiscountRule(null, null, null));
        assertRefused("percent", () -> new DiscountRule(BigDecimal.ONE, won(1), null));
        assertRefused("percent", () -> DiscountRule.percent(101));
        assertRefused("percent", () -> DiscountRule.percent(nothing()));
        assertRefused("fixed", () -> DiscountRule.amount(won(0)));
        assertRefused("fixed", () -> DiscountRule.amount(nothing()));
        assertRefused("maximum", () -> TENTH.atMost(won(0)));
        assertRefused("maximum", () -> TENTH.atMost(nothing()));
    }

    @Provide
    Arbitrary<Broken> broken() {
        return Arbitraries.of(
                new Broken(".sku", option -> option.sku = " "),
                new Broken(".sku", option -> option.sku = nothing()),
                new Broken(".startingStock", option -> option.stock = NewOption.MAX_STOCK + 1),
                new Broken(".startingStock", option -> option.stock = -1),
                new Broken(".attributes", option -> option.attributes = nothing()),
                new Broken(".attributes", option -> option.attributes = new Described(0, 21).attributes),
                new Broken(".attributes.key", option -> option.attributes.put("", "value")),
                new Broken(".attributes[color]", option -> option.attributes.put("color", "")),
                new Broken(".attributes[size (EU)]", option -> option.attributes.put("size (EU)", nothing())));
    }

    @Provide
    Arbitrary<String> badTexts() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().withChars(" \t\n").ofMaxLength(5),
                Arbitraries.strings().withChars("xy").ofMinLength(256).ofMaxLength(300),
                Arbitraries.strings().ofMaxLength(5).map(text -> text + "\0"),
                Arbitraries.strings().ofMaxLength(5).map(text -> text + "\uD83D"));
    }

    private static void assertRefused(String path, ThrowingCallable request) {
        CommerceException refusal = catchThrowableOfType(CommerceException.class, request);
        assertThat(refusal).as(path).isNotNull();
        assertThat(refusal.field()).contains(path);
        assertThat(refusal.values()).containsEntry("field", path);
        assertThat(refusal).hasMessageStartingWith(path + " ");
        assertThat(refusal.code().category()).isEqualTo(ErrorCategory.INVALID);
    }
}
