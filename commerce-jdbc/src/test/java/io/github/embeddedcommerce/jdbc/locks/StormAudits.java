package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.jdbc.locks.Storm.Call;
import io.github.embeddedcommerce.job.Audit;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Audits of a shop in which everything happens at once: none of them is alarmed. Thread-safe. */
final class StormAudits {
    private final CommerceFacade shop;
    private volatile Checkpoint last = Checkpoint.NONE;

    public StormAudits(CommerceFacade shop) {
        this.shop = shop;
    }

    public List<Call> all() {
        return List.of(
                new Call("audit in chunks", 1, random -> audit(shop.jobs().audit(), random), Set.of()),
                new Call("audit changes", 1, random -> audit(shop.jobs().audit().after(last), random), Set.of()));
    }

    private void audit(Audit audit, Random random) {
        Audit.Report report = audit.inChunksOf(50 + random.nextInt(200)).call();
        assertThat(report.violations()).isEmpty();
        assertThat(report.isClean()).isTrue();
        last = report.checkpoint();
    }
}
