package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.job.Audit;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that must be true, and what was found against it. Immutable.
 *
 * @param rule what must be true
 * @param offences what was found against it; empty if it holds
 */
record Check(String rule, List<String> offences) {
    private static final int SHOWN = 5;

    Check {
        offences = List.copyOf(offences);
    }

    /** Whether it is true. */
    boolean holds() {
        return offences.isEmpty();
    }

    /** The invariants of the library's audit, each as a check. */
    static List<Check> of(Audit.Report report) {
        List<Check> checks = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            List<String> offences = new ArrayList<>();
            if (!report.checked().contains(invariant)) {
                offences.add("was not checked");
            }
            for (Violation violation : report.violations()) {
                if (violation.invariant() == invariant) {
                    offences.add(violation.row().toString());
                }
            }
            checks.add(new Check(invariant.rule(), offences));
        }
        return checks;
    }

    /** Shows the checks, and some of what was found against them. Returns whether all hold. */
    static boolean show(List<Check> checks, Screen screen) {
        Table table = new Table().texts("what must be true").texts("found");
        checks.forEach(check -> table.row(check.rule, check.holds() ? "holds" : "BROKEN"));
        screen.show(table);
        checks.forEach(check -> check.showOffences(screen));
        return checks.stream().allMatch(Check::holds);
    }

    private void showOffences(Screen screen) {
        offences.stream().limit(SHOWN).forEach(offence -> screen.tell("BROKEN: " + rule + ": " + offence));
        if (offences.size() > SHOWN) {
            screen.tell("... and " + Figures.count(offences.size() - SHOWN) + " more");
        }
    }
}
