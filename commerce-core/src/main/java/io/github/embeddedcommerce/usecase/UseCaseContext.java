package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every use case needs: transactions to work in, the shop's settings, and the time. */
public record UseCaseContext(Transactions transactions, CommerceSettings settings, Clock clock) {
    /** Performs this request in one transaction. */
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        return transactions.perform(useCase, request);
    }

    /** The time, in whole microseconds: what every supported database keeps unchanged. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
