package io.github.embeddedcommerce.order;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;

/** How the discount on an order is divided among its lines. */
final class DiscountShares {
    private DiscountShares() {}

    /**
     * The share of each line, in proportion to what the lines cost, in whole minor units by the method of the largest
     * remainder: each share is rounded down first; what is left of the discount goes, one unit each, to the lines that
     * lost most by it, of equals to those with the lower number. So the shares add up to the discount, and none is more
     * than its line costs.
     *
     * @param discount 0 or more, at most the sum of the subtotals
     * @param subtotals what each line costs, in the order of the line numbers
     */
    static List<Money> of(Money discount, List<Money> subtotals) {
        BigInteger total = subtotals.stream().map(DiscountShares::minor).reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() == 0) {
            return subtotals;
        }
        List<BigInteger[]> parts = subtotals.stream()
                .map(subtotal -> minor(discount).multiply(minor(subtotal)).divideAndRemainder(total))
                .toList();
        List<Money> shares = new ArrayList<>();
        parts.forEach(part -> shares.add(Money.ofMinor(discount.getCurrencyUnit(), part[0].longValueExact())));
        long left = discount.minus(Money.total(shares)).getAmountMinorLong();
        IntStream.range(0, shares.size())
                .boxed()
                .sorted(Comparator.comparing((Integer line) -> parts.get(line)[1])
                        .reversed())
                .limit(left)
                .forEach(line -> shares.set(line, shares.get(line).plusMinor(1)));
        return List.copyOf(shares);
    }

    private static BigInteger minor(Money amount) {
        return BigInteger.valueOf(amount.getAmountMinorLong());
    }
}
