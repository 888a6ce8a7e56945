package io.github.embeddedcommerce.examples.console;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Shows what a run came to. */
final class ReplayReport {
    private static final int BEST_SELLERS = 5;

    private final Screen screen;
    private final Sales sales;

    ReplayReport(Screen screen, Sales sales) {
        this.screen = screen;
        this.sales = sales;
    }

    /** What was sold, what was refused and why. */
    void orders(long nanos) {
        screen.heading("Orders: " + Figures.count(sales.paid()) + " paid in " + Figures.seconds(nanos) + ", "
                + Figures.rate(sales.paid(), nanos));
        Table table = new Table().texts("outcome").figures("baskets").figures("amount");
        table.row("paid", Figures.count(sales.paid()), Figures.money(sales.revenue()));
        sales.refusals().forEach((reason, baskets) -> table.row(reason, Figures.count(baskets), ""));
        screen.show(table);
    }

    /** How long the calls took. */
    void latency() {
        screen.heading("Time for a call");
        Table table = new Table().texts("call").figures("calls").figures("p50").figures("p99");
        latency(table, "place", sales.placing());
        latency(table, "pay", sales.paying());
        screen.show(table);
    }

    /** What sold best. */
    void bestSellers(Market market) {
        List<Map.Entry<String, Long>> best = sales.sold().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(BEST_SELLERS)
                .toList();
        if (best.isEmpty()) {
            return;
        }
        screen.heading("Best sellers");
        Table table = new Table().texts("item").figures("sold").figures("of").figures("price");
        for (Map.Entry<String, Long> entry : best) {
            Article article = market.article(entry.getKey());
            table.row(
                    article.item(),
                    Figures.count(entry.getValue()),
                    Figures.count(article.stock()),
                    Figures.money(article.product().price()));
        }
        screen.show(table);
    }

    private static void latency(Table table, String call, Timings timings) {
        table.row(
                call,
                Figures.count(timings.calls()),
                Figures.millis(timings.percentile(50)),
                Figures.millis(timings.percentile(99)));
    }
}
