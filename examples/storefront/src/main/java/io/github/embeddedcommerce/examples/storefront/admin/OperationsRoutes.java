package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.job.Audit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Operations: figures, the audit, and the flash sale. */
public final class OperationsRoutes implements AutoCloseable {
    private static final int BUYERS = 500;
    private static final int PIECES = 50;

    private final CommerceFacade shop;
    private final Figures figures;
    private final ExecutorService stage = Executors.newSingleThreadExecutor();
    private @Nullable FlashSale latest;

    /** The routes of this shop, with the figures that its listener gathers. */
    public OperationsRoutes(CommerceFacade shop, Figures figures) {
        this.shop = shop;
        this.figures = figures;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/admin/figures", this::figures),
                Route.post("/admin/audits", this::audit),
                Route.begin("/admin/flash-sales", this::begin),
                Route.get("/admin/flash-sales/latest", this::latest));
    }

    record Report(boolean clean, List<Checked> checked, long millis) {}

    record Checked(String invariant, String rule, List<Map<String, String>> violations) {
        static Checked of(Invariant invariant, List<Violation> violations) {
            return new Checked(
                    invariant.name(),
                    invariant.rule(),
                    violations.stream()
                            .filter(violation -> violation.invariant() == invariant)
                            .map(Violation::row)
                            .toList());
        }
    }

    /** @param flashSale null if there was none since the start */
    record Latest(FlashSale.@Nullable State flashSale) {}

    private Figures.Snapshot figures(Call call) {
        return figures.since(call.query("after").wholeNumber("after").orElse(0));
    }

    private Report audit(Call call) {
        call.body();
        long began = System.nanoTime();
        Audit.Report report = shop.jobs().audit().call();
        List<Checked> checked = report.checked().stream()
                .map(invariant -> Checked.of(invariant, report.violations()))
                .toList();
        return new Report(report.isClean(), checked, (System.nanoTime() - began) / 1_000_000);
    }

    private synchronized Latest begin(Call call) {
        call.body();
        if (latest != null && !latest.isOver()) {
            throw Refusals.of("flashSale", "cannot begin: one is running, wait for its end");
        }
        FlashSale sale = new FlashSale(shop, BUYERS, PIECES);
        latest = sale;
        stage.execute(sale::run);
        return new Latest(sale.state());
    }

    private synchronized Latest latest(Call call) {
        call.query();
        return new Latest(latest == null ? null : latest.state());
    }

    /** Breaks a flash sale off. */
    @Override
    public void close() {
        stage.shutdownNow();
    }
}
