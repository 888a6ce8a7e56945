package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.REFUND_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.RETURN_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** For each type of argument what is wrong with it, and how that is refused; all else is as in {@link GoodInput}. */
final class BadInput {
    private static final long UNKNOWN = 999_999_999_999L;
    private static final long MOST_MONEY = 1_000_000_000_000_000L;
    private static final long MOST_UNITS = 1_000_000_000_000L;

    /** Stands for the name of the parameter that the bad argument is given to. */
    static final String PARAMETER = "<parameter>";

    private final Map<Class<?>, List<Bad>> byType = new HashMap<>();
    private final Map<String, List<Bad>> byMethod = new HashMap<>();
    private final Map<String, ErrorCode> exceptions = new HashMap<>();

    /**
     * An argument that is not fine.
     *
     * @param code how it is refused; null if it is answered, such as with an empty list
     * @param field the path that the refusal names; null if it names none
     */
    record Bad(
            String what,
            @Nullable Object value,
            @Nullable ErrorCode code,
            @Nullable String field) {}

    public BadInput(GoodInput good, Instant now) {
        ids(good);
        requests(good, now);
        pages();
        numbers();
        texts();
        exceptions(good);
    }

    private void ids(GoodInput good) {
        bad(UserId.class, "unknown user", new UserId("nobody"), USER_NOT_FOUND);
        bad(UserId.class, "user of another case", new UserId("ANN"), USER_NOT_FOUND);
        bad(ProductId.class, "unknown product", new ProductId(UNKNOWN), PRODUCT_NOT_FOUND);
        bad(OptionId.class, "unknown option", new OptionId(Long.MAX_VALUE), PRODUCT_OPTION_NOT_FOUND);
        bad(OrderId.class, "unknown order", new OrderId(UNKNOWN), ORDER_NOT_FOUND);
        bad(OrderId.class, "another's order", good.bobs.order(), UNAUTHORIZED_ORDER_ACCESS);
        bad(CartItemId.class, "unknown item", new CartItemId(UNKNOWN), CART_ITEM_NOT_FOUND);
        bad(CartItemId.class, "another's item", good.bobs.item(), UNAUTHORIZED_CART_ACCESS);
        bad(CouponId.class, "unknown coupon", new CouponId(UNKNOWN), COUPON_INFO_NOT_FOUND);
    }

    private void requests(GoodInput good, Instant now) {
        UserId nobody = new UserId("nobody");
        PayOrder payment = PayOrder.by(good.ann, good.anns.order());
        bad(PayOrder.class, "unknown order", PayOrder.by(good.ann, new OrderId(UNKNOWN)), ORDER_NOT_FOUND);
        bad(PayOrder.class, "another's order", PayOrder.by(good.ann, good.bobs.order()), UNAUTHORIZED_ORDER_ACCESS);
        bad(PayOrder.class, "unknown user", PayOrder.by(nobody, good.anns.order()), UNAUTHORIZED_ORDER_ACCESS);
        bad(PayOrder.class, "unknown coupon", payment.withCoupon(new UserCouponId(UNKNOWN)), COUPON_NOT_FOUND);
        bad(PayOrder.class, "another's coupon", payment.withCoupon(good.bobs.coupon()), INVALID_COUPON);

        PlaceOrder order = PlaceOrder.by(good.ann);
        PlaceOrder fine = order.line(good.option, 1);
        malformed(PlaceOrder.class, "no lines", order, "lines");
        bad(PlaceOrder.class, "unknown option", order.line(new OptionId(UNKNOWN), 1), PRODUCT_OPTION_NOT_FOUND);
        bad(PlaceOrder.class, "not on sale", order.line(good.hidden, 1), PRODUCT_OPTION_NOT_FOUND);
        bad(PlaceOrder.class, "too many", order.line(good.option, GoodInput.STOCK + 1), INSUFFICIENT_STOCK);
        bad(
                PlaceOrder.class,
                "too many in two lines",
                order.line(good.option, GoodInput.STOCK).line(good.option, 1),
                INSUFFICIENT_STOCK);
        bad(PlaceOrder.class, "unknown user", PlaceOrder.by(nobody).line(good.option, 1), USER_NOT_FOUND);
        PlaceOrder anothersItem = PlaceOrder.fromCart(good.ann, List.of(good.bobs.item()));
        bad(PlaceOrder.class, "another's item", anothersItem, UNAUTHORIZED_CART_ACCESS);
        PlaceOrder unknownItem = PlaceOrder.fromCart(good.ann, List.of(new CartItemId(UNKNOWN)));
        bad(PlaceOrder.class, "unknown item", unknownItem, CART_ITEM_NOT_FOUND);
        bad(PlaceOrder.class, "cart of an unknown user", PlaceOrder.fromCart(nobody), USER_NOT_FOUND);

        bad(CancelOrder.class, "unknown order", CancelOrder.by(good.ann, new OrderId(UNKNOWN)), ORDER_NOT_FOUND);
        bad(
                CancelOrder.class,
                "another's order",
                CancelOrder.by(good.ann, good.bobs.order()),
                UNAUTHORIZED_ORDER_ACCESS);
        bad(CancelOrder.class, "unknown user", CancelOrder.by(nobody, good.anns.order()), UNAUTHORIZED_ORDER_ACCESS);
        payments(good, nobody);
        returns(good);
        balances(good, nobody);
        stock(good);

        malformed(NewProduct.class, "no options", NewProduct.of("Cup", "kitchen", won(5)), "options");
        malformed(
                NewProduct.class,
                "price in dollars",
                NewProduct.of("Cup", "kitchen", dollar()).withOption("CUP", 1),
                "details.price");
        malformed(
                NewProduct.class,
                "sku taken",
                NewProduct.of("Cup", "kitchen", won(5)).withOption("CUP", 1).withOption("MUG", 1),
                "options[1].sku");
        malformed(PlaceOrder.class, "reference taken", fine.withReference(GoodInput.TAKEN), "labels.reference");
        references();
        malformed(NewOption.class, "sku taken", new NewOption("MUG", Map.of(), 1), "sku");
        malformed(ProductChange.class, "nothing", ProductChange.none(), "change");
        malformed(ProductChange.class, "price in dollars", ProductChange.none().withPrice(dollar()), "price");
        NewCoupon coupon = NewCoupon.of("Five", DiscountRule.percent(5), now.plusSeconds(600));
        malformed(
                NewCoupon.class,
                "expired",
                NewCoupon.of("Five", DiscountRule.percent(5), now),
                "terms.validity.expiresAt");
        malformed(NewCoupon.class, "minimum in dollars", coupon.forOrdersFrom(dollar()), "terms.minimumTotal");
        malformed(
                NewCoupon.class,
                "discount in dollars",
                NewCoupon.of("Five", DiscountRule.amount(dollar()), now.plusSeconds(600)),
                "terms.discount.fixed");
        malformed(
                NewCoupon.class,
                "maximum in dollars",
                NewCoupon.of("Five", DiscountRule.percent(5).atMost(dollar()), now.plusSeconds(600)),
                "terms.discount.maximum");
    }

    private void payments(GoodInput good, UserId nobody) {
        BeginPayment begin = BeginPayment.by(good.ann, good.anns.order(), "card");
        bad(
                BeginPayment.class,
                "unknown order",
                BeginPayment.by(good.ann, new OrderId(UNKNOWN), "card"),
                ORDER_NOT_FOUND);
        BeginPayment anothers = BeginPayment.by(good.ann, good.bobs.order(), "card");
        bad(BeginPayment.class, "another's order", anothers, UNAUTHORIZED_ORDER_ACCESS);
        BeginPayment unknown = BeginPayment.by(nobody, good.anns.order(), "card");
        bad(BeginPayment.class, "unknown user", unknown, UNAUTHORIZED_ORDER_ACCESS);
        bad(BeginPayment.class, "another's coupon", begin.withCoupon(good.bobs.coupon()), INVALID_COUPON);
        bad(BeginPayment.class, "more than is due", begin.withAmount(won(1_001)), PAYMENT_EXCEEDS_DUE);
        bad(
                BeginPayment.class,
                "more than is due with the balance",
                begin.withBalance(won(1_000)),
                PAYMENT_EXCEEDS_DUE);
        malformed(BeginPayment.class, "dollars", begin.withAmount(dollar()), "amount");
        malformed(BeginPayment.class, "dollars from the balance", begin.withBalance(dollar()), "balance");
        PaymentId nothing = new PaymentId(UNKNOWN);
        bad(PaymentId.class, "unknown payment", nothing, PAYMENT_NOT_FOUND);
        bad(SettlePayment.class, "unknown payment", SettlePayment.of(nothing, "a", won(400)), PAYMENT_NOT_FOUND);
        bad(SettlePayment.class, "less", SettlePayment.of(good.outside.id(), "a", won(399)), PAYMENT_MISMATCH);
        bad(
                SettlePayment.class,
                "another's reference",
                SettlePayment.of(good.outside.id(), "late", won(400)),
                PAYMENT_MISMATCH);
        malformed(SettlePayment.class, "dollars", SettlePayment.of(good.outside.id(), "a", dollar()), "amount");
        bad(FailPayment.class, "unknown payment", FailPayment.of(nothing), PAYMENT_NOT_FOUND);
        FailPayment underAnothers = FailPayment.of(good.outside.id()).withReference("late");
        bad(FailPayment.class, "another's reference", underAnothers, PAYMENT_MISMATCH);
        bad(RefundId.class, "unknown refund", new RefundId(UNKNOWN), REFUND_NOT_FOUND);
        for (String text : List.of("Payments.close", "Payments.find", "Payments.settleRefund")) {
            bad(text, String.class, "", VALIDATION_ERROR, PARAMETER);
            bad(text, String.class, " ", VALIDATION_ERROR, PARAMETER);
        }
        bad("Payments.close", PaymentId.class, good.outside.id(), INVALID_PAYMENT_STATE, null);
        bad("Payments.refund", PaymentId.class, good.outside.id(), INVALID_PAYMENT_STATE, null);
    }

    private void returns(GoodInput good) {
        ReturnItems items = ReturnItems.of(good.paid);
        malformed(ReturnItems.class, "no lines", items, "lines");
        malformed(ReturnItems.class, "unknown line", items.line(1, 1).line(2, 1), "lines[1].line");
        add(ReturnItems.class, new Bad("too many", items.line(1, 3), INVALID_QUANTITY, "lines[0].quantity"));
        ReturnItems unknown = ReturnItems.of(new OrderId(UNKNOWN)).line(1, 1);
        bad(ReturnItems.class, "unknown order", unknown, ORDER_NOT_FOUND);
        ReturnItems pending = ReturnItems.of(good.anns.order()).line(1, 1);
        bad(ReturnItems.class, "not paid", pending, INVALID_ORDER_STATUS);
        bad(ReturnId.class, "unknown return", new ReturnId(UNKNOWN), RETURN_NOT_FOUND);
    }

    private void references() {
        malformed(Reference.class, "taken", GoodInput.TAKEN, "reference");
        NewProduct cup = NewProduct.of("Cup", "kitchen", won(5)).withOption("CUP", 1);
        NewOption large = new NewOption("CUP-L", Map.of(), 1).withReference(GoodInput.TAKEN);
        malformed(NewProduct.class, "reference taken", cup.withReference(GoodInput.TAKEN), "reference");
        malformed(NewProduct.class, "option's reference taken", cup.withOption(large), "options[1].reference");
        malformed(NewOption.class, "reference taken", large, "reference");
        malformed(UserQuery.class, "dollars at least", UserQuery.all().withBalanceFrom(dollar()), "minBalance");
        malformed(UserQuery.class, "dollars at most", UserQuery.all().withBalanceUpTo(dollar()), "maxBalance");
    }

    private void balances(GoodInput good, UserId nobody) {
        bad(TopUp.class, "unknown user", TopUp.of(nobody, won(1)), USER_NOT_FOUND);
        malformed(TopUp.class, "too much with what is there", TopUp.of(good.ann, won(MOST_MONEY)), "amount");
        malformed(TopUp.class, "dollars", TopUp.of(good.ann, dollar()), "amount");
        bad(AdjustBalance.class, "unknown user", AdjustBalance.of(nobody, won(1), "gift"), USER_NOT_FOUND);
        for (Money wrong : List.of(won(0), won(MOST_MONEY), won(MOST_MONEY + 1), won(-MOST_MONEY - 1), dollar())) {
            malformed(AdjustBalance.class, String.valueOf(wrong), AdjustBalance.of(good.ann, wrong, "gift"), "amount");
        }
        bad(
                AdjustBalance.class,
                "more than there is",
                AdjustBalance.of(good.ann, won(-GoodInput.BALANCE - 1), "taken"),
                INSUFFICIENT_BALANCE);
    }

    private void stock(GoodInput good) {
        OptionId unknown = new OptionId(Long.MAX_VALUE);
        bad(ReceiveStock.class, "unknown option", ReceiveStock.of(unknown, 1), PRODUCT_OPTION_NOT_FOUND);
        for (long wrong : new long[] {Long.MAX_VALUE, MOST_UNITS}) {
            add(
                    ReceiveStock.class,
                    new Bad(
                            String.valueOf(wrong),
                            ReceiveStock.of(good.option, wrong),
                            INVALID_STOCK_QUANTITY,
                            "quantity"));
        }
        bad(AdjustStock.class, "unknown option", AdjustStock.of(unknown, 1, "found"), PRODUCT_OPTION_NOT_FOUND);
        for (long wrong : new long[] {0, -GoodInput.STOCK - 1, Long.MIN_VALUE, Long.MAX_VALUE, MOST_UNITS}) {
            add(
                    AdjustStock.class,
                    new Bad(
                            String.valueOf(wrong),
                            AdjustStock.of(good.option, wrong, "counted"),
                            INVALID_STOCK_QUANTITY,
                            "quantity"));
        }
        bad(AddToCart.class, "unknown option", AddToCart.of(good.ann, unknown, 1), PRODUCT_OPTION_NOT_FOUND);
        bad(AddToCart.class, "not on sale", AddToCart.of(good.ann, good.hidden, 1), PRODUCT_OPTION_NOT_FOUND);
        bad(AddToCart.class, "unknown user", AddToCart.of(new UserId("nobody"), good.option, 1), USER_NOT_FOUND);
        bad(AddToCart.class, "too many", AddToCart.of(good.ann, good.option, GoodInput.STOCK), INSUFFICIENT_STOCK);
        AddToCart tooMany = AddToCart.of(good.ann, good.option, 1_000_000);
        add(AddToCart.class, new Bad("sum too large", tooMany, INVALID_QUANTITY, "quantity"));
    }

    private void pages() {
        malformed(PageRequest.class, "no cursor at all", PageRequest.first().after(new Cursor("?")), "cursor");
        malformed(
                PageRequest.class,
                "cursor of another list",
                PageRequest.first().after(Cursor.behind("shelves", List.of(1L))),
                "cursor");
        for (String wrong : List.of(
                "?", "bm8gY2hlY2twb2ludA", Cursor.behind("shelves", List.of(1L)).value())) {
            malformed(Checkpoint.class, "no checkpoint: " + wrong, new Checkpoint(wrong), "checkpoint");
        }
    }

    private void numbers() {
        for (long wrong : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_001}) {
            bad("Carts.changeQuantity", long.class, wrong, INVALID_QUANTITY, PARAMETER);
        }
        bad("Carts.changeQuantity", long.class, GoodInput.STOCK + 1, INSUFFICIENT_STOCK, null);
        for (long wrong : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, MOST_UNITS + 1, 1}) {
            bad("Coupons.changeTotal", long.class, wrong, VALIDATION_ERROR, PARAMETER);
        }
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(2))) {
            malformed(Duration.class, String.valueOf(wrong), wrong, PARAMETER);
        }
        malformed(List.class, "too many rows", Collections.nCopies(10_001, "row"), PARAMETER);
        for (LocalDate wrong : List.of(LocalDate.MIN, LocalDate.of(1970, 1, 1), LocalDate.of(9999, 1, 1))) {
            malformed(LocalDate.class, String.valueOf(wrong), wrong, PARAMETER);
        }
        for (Instant wrong : List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.MAX)) {
            malformed(Instant.class, String.valueOf(wrong), wrong, PARAMETER);
        }
        for (int wrong : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 10_001}) {
            malformed(int.class, String.valueOf(wrong), wrong, PARAMETER);
        }
    }

    private void texts() {
        malformed(String.class, "too long", "x".repeat(1_001), PARAMETER);
        malformed(String.class, "a NUL character", "a\0b", PARAMETER);
        malformed(String.class, "half a surrogate pair", "a\ud83d", PARAMETER);
        bad("Products.findBySku", String.class, "", VALIDATION_ERROR, PARAMETER);
        bad("Products.findBySku", String.class, " ", VALIDATION_ERROR, PARAMETER);
        bad("BackOffice.listProducts", String.class, "", VALIDATION_ERROR, PARAMETER);
        bad("BackOffice.listProducts", String.class, "x".repeat(65), VALIDATION_ERROR, PARAMETER);
    }

    /** What is answered, or refused with another code, because of what the use case is about. */
    private void exceptions(GoodInput good) {
        for (String user : List.of("unknown user", "user of another case")) {
            exceptions.put("Users.find " + user, null);
            exceptions.put("Coupons.list " + user, null);
            exceptions.put("Orders.list " + user, null);
            exceptions.put("Orders.find " + user, UNAUTHORIZED_ORDER_ACCESS);
            exceptions.put("Orders.get " + user, UNAUTHORIZED_ORDER_ACCESS);
        }
        for (String method : List.of("DeadLetters.retry another's order", "DeadLetters.discard another's order")) {
            exceptions.put(method, INVALID_ORDER_STATUS);
        }
        bad("Users.remove", UserId.class, good.ann, VALIDATION_ERROR, PARAMETER);
        exceptions.put("Products.find unknown product", null);
        exceptions.put("Products.findStock unknown option", null);
        exceptions.put("Coupons.find unknown coupon", null);
        exceptions.put("Orders.find unknown order", null);
        exceptions.put("Payments.getParts another's order", null);
        exceptions.put("Payments.listRefunds unknown order", null);
        exceptions.put("Payments.listRefunds another's order", null);
        exceptions.put("Orders.findReturn unknown return", null);
        exceptions.put("Orders.listReturns unknown order", null);
        exceptions.put("Orders.listReturns another's order", null);
        exceptions.put("BackOffice.findOrder unknown order", null);
        for (String method : List.of("findOrder", "getOrder", "getHistory")) {
            exceptions.put("BackOffice." + method + " another's order", null);
        }
    }

    /** Every bad value for an argument of this type of this method, such as {@code Orders.pay}. */
    public List<Bad> of(String method, Class<?> type) {
        List<Bad> all = new ArrayList<>();
        if (!(type == UserId.class && method.equals("Users.register"))) { // whoever is unknown can be registered
            all.addAll(byType.getOrDefault(type, List.of()));
        }
        if (method.startsWith("BackOffice.change")) { // it checks no owner
            all.removeIf(bad -> bad.what().equals("another's order"));
        }
        if (!type.isPrimitive()) {
            all.add(new Bad("null", null, VALIDATION_ERROR, PARAMETER));
        }
        all.addAll(byMethod.getOrDefault(method + " " + type.getSimpleName(), List.of()));
        all.replaceAll(bad -> {
            String exception = method + " " + bad.what();
            return exceptions.containsKey(exception)
                    ? new Bad(bad.what(), bad.value(), exceptions.get(exception), null)
                    : bad;
        });
        return all;
    }

    private static Money dollar() {
        return Money.ofMinor(CurrencyUnit.USD, 100);
    }

    private void bad(Class<?> type, String what, Object value, ErrorCode code) {
        add(type, new Bad(what, value, code, null));
    }

    private void malformed(Class<?> type, String what, Object value, String field) {
        add(type, new Bad(what, value, VALIDATION_ERROR, field));
    }

    private void add(Class<?> type, Bad bad) {
        byType.computeIfAbsent(type, first -> new ArrayList<>()).add(bad);
    }

    private void bad(String method, Class<?> type, Object value, ErrorCode code, @Nullable String field) {
        byMethod.computeIfAbsent(method + " " + type.getSimpleName(), first -> new ArrayList<>())
                .add(new Bad(String.valueOf(value), value, code, field));
    }
}
