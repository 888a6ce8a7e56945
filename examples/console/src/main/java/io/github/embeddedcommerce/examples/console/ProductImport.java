package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.bulk.BulkReport.Row;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.examples.console.ProductFile.Entry;
import io.github.embeddedcommerce.product.Product;
import java.io.PrintWriter;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of an import: the whole file is checked first, then the shop is handed it a part at a time. */
final class ProductImport {
    /** More options than this are not kept in mind to find a sku that is there twice. */
    private static final int MAX_OPTIONS = 500_000;

    private static final int OPTIONS_AT_ONCE = 1_000;
    private static final int ERRORS_SHOWN = 20;

    /** In characters: a cell may be a thousand times as long. */
    private static final int MAX_REASON = 300;

    private static final Pattern OPTION = Pattern.compile("^options\\[(\\d+)].*");

    private final CommerceFacade shop;
    private final Screen screen;
    private final PrintWriter err;
    private final Stop stop;
    private long wrong;

    ProductImport(CommerceFacade shop, Screen screen, PrintWriter err, Stop stop) {
        this.shop = shop;
        this.screen = screen;
        this.err = err;
        this.stop = stop;
    }

    /**
     * Imports the products of this file.
     *
     * @param dry whether to undo each part again
     * @return whether all of them were, or could be, imported
     */
    boolean run(ProductFile file, boolean dry) {
        Survey survey = new Survey(file);
        file.read(survey);
        if (wrong > 0) {
            endErrors();
            throw new BadInput(file.name() + " has " + Figures.count(wrong, "error") + ", nothing was imported");
        }
        Import importing = new Import(file, survey.products, dry);
        long begun = System.nanoTime();
        try {
            file.read(importing);
            importing.end();
        } catch (RuntimeException broken) {
            screen.say(importing.outcome() + ", then it failed");
            throw broken;
        } finally {
            endErrors();
        }
        long nanos = System.nanoTime() - begun;
        screen.say((stop.requested() ? "Stopped: " : "") + importing.outcome() + ", in " + Figures.seconds(nanos) + ", "
                + Figures.rate(importing.imported, nanos));
        return importing.imported == survey.products;
    }

    private void tell(String source, long line, String reason) {
        wrong++;
        if (wrong <= ERRORS_SHOWN) {
            String shown = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
            err.println(source + ", line " + line + ": " + shown.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private void endErrors() {
        if (wrong > ERRORS_SHOWN) {
            err.println("... and " + Figures.count(wrong - ERRORS_SHOWN) + " more");
        }
        err.flush();
    }

    /** Looks at every line, and counts. */
    private final class Survey implements ProductFile.Listener {
        private final ProductFile file;
        private final Map<String, Long> lines = new HashMap<>();
        private int products;

        Survey(ProductFile file) {
            this.file = file;
        }

        @Override
        public boolean product(Entry entry) {
            products++;
            for (int i = 0; i < entry.lines().size(); i++) {
                String sku = entry.product().options().get(i).sku();
                Long before = lines.putIfAbsent(sku, entry.lines().get(i));
                if (before != null) {
                    wrong(entry.lines().get(i), "sku " + sku + " is on line " + before + ", too");
                }
            }
            if (lines.size() > MAX_OPTIONS) {
                throw new BadInput(file.name() + " has more than " + Figures.count(MAX_OPTIONS)
                        + " options: import it in several files");
            }
            return true;
        }

        @Override
        public boolean wrong(long line, String reason) {
            tell(file.name(), line, reason);
            return true;
        }
    }

    /** A part of a dry run is undone. */
    private static final class Undone extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient BulkReport<Product> report;

        Undone(BulkReport<Product> report) {
            super(null, null, false, false);
            this.report = report;
        }
    }

    /** Hands the shop its products. */
    private final class Import implements ProductFile.Listener {
        private final ProductFile file;
        private final int total;
        private final boolean dry;
        private final ProgressLine progress = new ProgressLine(screen, "products");
        private final List<Entry> part = new ArrayList<>();
        private int options;
        private int done;
        private int imported;

        Import(ProductFile file, int total, boolean dry) {
            this.file = file;
            this.total = total;
            this.dry = dry;
        }

        @Override
        public boolean product(Entry entry) {
            part.add(entry);
            options += entry.lines().size();
            return options < OPTIONS_AT_ONCE || hand();
        }

        /** The file was found right a moment ago. */
        @Override
        public boolean wrong(long line, String reason) {
            throw new BadInput(file.name() + ", line " + line + ": " + reason);
        }

        void end() {
            if (!part.isEmpty() && !stop.requested()) {
                hand();
            }
        }

        /** How many are imported by now, which ends the bar. */
        String outcome() {
            progress.end();
            return Figures.count(imported) + " of " + Figures.count(total, "product")
                    + (dry ? " can be imported; this was a dry run, nothing is kept" : " imported");
        }

        private boolean hand() {
            List<Row<Product>> rows = report().rows();
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) instanceof Row.Failed<Product> failed) {
                    throw failed.failure();
                } else if (rows.get(i) instanceof Row.Refused<Product> refused) {
                    tell(file.name(), line(part.get(i), refused.refusal()), ProductRows.reason(refused.refusal()));
                } else {
                    imported++;
                }
            }
            done += rows.size();
            part.clear();
            options = 0;
            progress.show(done, total);
            return !stop.requested();
        }

        private BulkReport<Product> report() {
            var products = part.stream().map(Entry::product).toList();
            if (!dry) {
                return shop.products().registerAll(products, BulkMode.ROW_BY_ROW);
            }
            try {
                return shop.inTransaction(tx -> {
                    throw new Undone(tx.products().registerAll(products, BulkMode.ROW_BY_ROW));
                });
            } catch (Undone undone) {
                return undone.report;
            }
        }

        private static long line(Entry entry, CommerceException refusal) {
            Matcher option = OPTION.matcher(refusal.field().orElse(""));
            return entry.lines().get(option.matches() ? Integer.parseInt(option.group(1)) : 0);
        }
    }
}
