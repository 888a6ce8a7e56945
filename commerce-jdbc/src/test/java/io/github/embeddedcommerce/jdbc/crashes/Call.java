package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A call on the shop with its key, in words that can be written down before it is made and read by another process,
 * which then makes the same call.
 *
 * @param details what is asked for, without spaces
 */
record Call(IdempotencyKey key, Kind kind, UserId user, String details) {
    static final CurrencyUnit WON = CurrencyUnit.of("KRW");

    /** What can be asked for, what it answers, and for which reasons it may be refused. */
    enum Kind {
        /** {@code option:quantity,…}, is answered by {@code order:total}. */
        PLACE(ErrorCode.INSUFFICIENT_STOCK) {
            @Override
            String make(CommerceFacade shop, Call call) {
                PlaceOrder request = PlaceOrder.by(call.user);
                for (String item : call.details.split(",", -1)) {
                    request = request.line(new OptionId(part(item, 0)), part(item, 1));
                }
                return placed(shop.orders().place(request.withKey(call.key)));
            }
        },
        /** All of the cart, which others of the same user may have emptied. */
        PLACE_CART(ErrorCode.INSUFFICIENT_STOCK, ErrorCode.VALIDATION_ERROR) {
            @Override
            String make(CommerceFacade shop, Call call) {
                return placed(shop.orders().place(PlaceOrder.fromCart(call.user).withKey(call.key)));
            }
        },
        /** {@code order:coupon}, 0 for none, is answered by {@code order:amount}. */
        PAY(ErrorCode.INSUFFICIENT_BALANCE, ErrorCode.ORDER_EXPIRED, ErrorCode.ALREADY_USED) {
            @Override
            String make(CommerceFacade shop, Call call) {
                PayOrder payment = PayOrder.by(call.user, new OrderId(part(call.details, 0)));
                long coupon = part(call.details, 1);
                PayOrder complete = coupon == 0 ? payment : payment.withCoupon(new UserCouponId(coupon));
                var receipt = shop.orders().pay(complete.withKey(call.key));
                return receipt.order().id() + ":" + minor(receipt.paidAmount());
            }
        },
        /**
         * {@code order}, paid from outside: begun under the key, and settled. Is answered by {@code order:amount:1}, or
         * by {@code order:amount:0} if the money came too late.
         */
        CARD(ErrorCode.ORDER_EXPIRED) {
            @Override
            String make(CommerceFacade shop, Call call) {
                OrderId order = new OrderId(part(call.details, 0));
                Payment begun = shop.payments()
                        .begin(BeginPayment.by(call.user, order, "card").withKey(call.key));
                Payment settled =
                        shop.payments().settle(SettlePayment.of(begun.id(), "pi-" + begun.id(), begun.amount()));
                int paid = settled.state() == PaymentState.SETTLED ? 1 : 0;
                return order + ":" + minor(settled.amount()) + ":" + paid;
            }
        },
        /** {@code order}, is answered by {@code order:refund}. */
        CANCEL(ErrorCode.ORDER_EXPIRED) {
            @Override
            String make(CommerceFacade shop, Call call) {
                var cancelled = shop.orders()
                        .cancel(CancelOrder.by(call.user, new OrderId(part(call.details, 0)))
                                .withKey(call.key));
                return cancelled.order().id() + ":" + minor(cancelled.refunded());
            }
        },
        /** One unit of the first line of this {@code order}, for sale again, is answered by {@code order:refund}. */
        RETURN() {
            @Override
            String make(CommerceFacade shop, Call call) {
                ReturnItems request = ReturnItems.of(new OrderId(part(call.details, 0)))
                        .line(1, 1)
                        .restocked()
                        .withKey(call.key);
                var returned = shop.orders().giveBack(request);
                return returned.order() + ":" + minor(returned.refunded());
            }
        },
        /** {@code amount}, is answered by {@code number:amount}. */
        CHARGE() {
            @Override
            String make(CommerceFacade shop, Call call) {
                return changed(shop.users()
                        .topUp(TopUp.of(call.user, won(call))
                                .withNote("charged")
                                .withKey(call.key)));
            }
        },
        /** The same, up or down. */
        ADJUST(ErrorCode.INSUFFICIENT_BALANCE) {
            @Override
            String make(CommerceFacade shop, Call call) {
                return changed(shop.users()
                        .adjust(AdjustBalance.of(call.user, won(call), "adjusted")
                                .withKey(call.key)));
            }
        },
        /** {@code coupon}, is answered by {@code issued:coupon}. It takes no key: a user gets a coupon once anyway. */
        ISSUE(ErrorCode.ALREADY_ISSUED, ErrorCode.COUPON_SOLD_OUT) {
            @Override
            String make(CommerceFacade shop, Call call) {
                CouponId coupon = new CouponId(part(call.details, 0));
                return shop.coupons().issue(call.user, coupon).id() + ":" + coupon;
            }
        };

        @SuppressWarnings("ImmutableEnumChecker") // it is a copy
        private final List<ErrorCode> refusals;

        Kind(ErrorCode... refusals) {
            this.refusals = List.of(refusals);
        }

        abstract String make(CommerceFacade shop, Call call);

        boolean mayBeRefused(ErrorCode code) {
            return refusals.contains(code);
        }
    }

    /** A new call, under a key that no other has. */
    static Call of(Kind kind, UserId user, Object details) {
        return new Call(IdempotencyKey.random(), kind, user, details.toString());
    }

    static Call read(String line) {
        String[] words = line.split(" ", -1);
        return new Call(new IdempotencyKey(words[1]), Kind.valueOf(words[2]), new UserId(words[3]), words[4]);
    }

    String written() {
        return key + " " + kind + " " + user + " " + details;
    }

    /** Makes it. Returns its answer, which is the same however often it is made. */
    String make(CommerceFacade shop) {
        return kind.make(shop, this);
    }

    /** The number at this place of a text such as {@code 17:2}. */
    static long part(String text, int place) {
        return Long.parseLong(text.split(":", -1)[place]);
    }

    private static String placed(Order order) {
        return order.id() + ":" + minor(order.total());
    }

    private static String changed(BalanceChange change) {
        return change.number() + ":" + minor(change.movement().amount());
    }

    private static long minor(Money money) {
        return money.getAmountMinorLong();
    }

    private static Money won(Call call) {
        return Money.ofMinor(WON, part(call.details, 0));
    }
}
