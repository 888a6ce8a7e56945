package io.github.embeddedcommerce.examples.console;

import java.util.Locale;
import org.joda.money.Money;
import org.joda.money.format.MoneyAmountStyle;
import org.joda.money.format.MoneyFormatter;
import org.joda.money.format.MoneyFormatterBuilder;

/** How figures are written: the same everywhere, whatever the machine's language. */
final class Figures {
    private static final MoneyFormatter MONEY = new MoneyFormatterBuilder()
            .appendCurrencyCode()
            .appendLiteral(" ")
            .appendAmount(MoneyAmountStyle.ASCII_DECIMAL_POINT_GROUP3_COMMA)
            .toFormatter(Locale.ROOT);

    private Figures() {}

    /** Such as {@code KRW 12,000}. */
    static String money(Money amount) {
        return MONEY.print(amount);
    }

    /** Such as {@code 12,000}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1 mug} and {@code 12,000 mugs}. */
    static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Such as {@code 1.25 ms}. */
    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.2f ms", nanos / 1e6);
    }

    /** Such as {@code 4.2 s}. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%,.1f s", nanos / 1e9);
    }

    /** Such as {@code 1,920/s}. */
    static String rate(long number, long nanos) {
        return count(Math.round(number * 1e9 / Math.max(1, nanos))) + "/s";
    }
}
