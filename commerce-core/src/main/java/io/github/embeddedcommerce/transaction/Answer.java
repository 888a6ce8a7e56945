package io.github.embeddedcommerce.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.product.OptionId;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The result of one of several requests that share a transaction: accepted or refused on its own. Immutable.
 *
 * @param <A> the type of an accepted result
 */
public sealed interface Answer<A> {
    /** The request was accepted, with this answer. */
    record Accepted<A>(A value) implements Answer<A> {
        @Override
        public A orThrow() {
            return value;
        }

        @Override
        public <B> Answer<B> map(Function<A, B> change) {
            return new Accepted<>(change.apply(value));
        }
    }

    /**
     * The request was refused, and nothing was written for it.
     *
     * @param shortage the units asked for, if stock was short; empty if it was refused for another reason
     */
    record Refused<A>(CommerceException refusal, Map<OptionId, Long> shortage) implements Answer<A> {
        public Refused {
            shortage = Map.copyOf(shortage);
        }

        @Override
        public A orThrow() {
            throw refusal;
        }

        @Override
        public <B> Answer<B> map(Function<A, B> change) {
            return new Refused<>(refusal, shortage);
        }
    }

    /** The accepted result; throws the refusal otherwise. */
    A orThrow();

    /** The same with a changed answer; a refusal stays as it is. */
    <B> Answer<B> map(Function<A, B> change);

    /** The result of this decision: its value, or the refusal that it throws. */
    static <A> Answer<A> of(Supplier<A> decision) {
        try {
            return new Accepted<>(decision.get());
        } catch (CommerceException refusal) {
            return new Refused<>(refusal, Map.of());
        }
    }
}
