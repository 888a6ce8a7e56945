package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import java.math.BigDecimal;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An amount to add to a balance or take from it, and the reason. Immutable.
 *
 * @param amount positive in, negative out, never zero
 * @param code why
 * @param note free text, up to 255 characters, may be empty
 * @param reference the order id of a payment or refund; otherwise up to 64 characters, may be empty
 * @param part the number of a payment or refund among those of its order, from 1; otherwise 0
 */
public record BalanceMovement(Money amount, BalanceCode code, String note, String reference, int part) {
    /** Refuses zero, an amount beyond {@link Validation#MAX_AMOUNT_MINOR} either way, and texts that are too long. */
    public BalanceMovement {
        BigDecimal minor = Validation.required(amount, "amount").getAmountMinor();
        if (minor.signum() == 0 || minor.abs().compareTo(BigDecimal.valueOf(Validation.MAX_AMOUNT_MINOR)) > 0) {
            throw Validation.refusal(
                    "amount",
                    "must not be 0, nor more than " + Validation.MAX_AMOUNT_MINOR + " minor units either way, it is "
                            + amount,
                    Map.of("value", amount.toString(), "max", Validation.MAX_AMOUNT_MINOR));
        }
        Validation.required(code, "code");
        Validation.text(note, "note", 0, 255);
        Validation.text(reference, "reference", 0, 64);
        Validation.range(part, "part", 0, Integer.MAX_VALUE);
    }

    /** One that is not about an order. */
    public BalanceMovement(Money amount, BalanceCode code, String note, String reference) {
        this(amount, code, note, reference, 0);
    }

    /** The number of the order that this pays or refunds, as the reference says; null if it does neither. */
    public @Nullable Long orderNumber() {
        boolean isForOrder = code == BalanceCode.PAYMENT || code == BalanceCode.REFUND;
        return isForOrder ? Long.valueOf(reference) : null;
    }
}
