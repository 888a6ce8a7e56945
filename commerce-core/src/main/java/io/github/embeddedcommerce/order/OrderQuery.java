package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.Validation.part;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.size;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.UserId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects orders, those that match every condition, and sorts them. Immutable.
 *
 * <pre>{@code
 * OrderQuery.all().withStatus(OrderStatus.PAID).paidIn(TimeRange.since(midnight)).oldestFirst()
 * }</pre>
 *
 * <p>Orders are sorted by the time they were placed, those selected by the time they were paid by that time; ties by
 * the order's number. Orders with a reference, and those of a product of which neither a user nor a time is selected,
 * are sorted by number, which is the same but for orders that are placed at once.
 *
 * @param about the user, product or reference
 * @param statuses with one of these statuses now; at least one
 * @param period placed or paid within this time
 * @param sort the order
 */
public record OrderQuery(About about, Set<OrderStatus> statuses, Period period, Sort sort) {
    /** The orders in which orders can be listed. */
    public enum Sort {
        /** The latest first. */
        NEWEST_FIRST,
        /** The earliest first. */
        OLDEST_FIRST
    }

    /** What happens to an order at a time. */
    public enum Step {
        /** It is placed. */
        PLACED,
        /** It is paid; one that was cancelled later was paid as well. */
        PAID
    }

    /**
     * What orders are about.
     *
     * @param user only orders of this user; null for all
     * @param product only orders with a line of this product; null for all
     * @param reference only orders with this reference, unique or not, 1 to 64 characters, compared exactly; null for
     *     all
     */
    public record About(
            @Nullable UserId user,
            @Nullable ProductId product,
            @Nullable String reference) {
        /** Refuses a reference out of range (VALIDATION_ERROR). */
        public About {
            if (reference != null) {
                text(reference, "reference", 1, Reference.MAX_LENGTH);
            }
        }
    }

    /**
     * When something happened to an order.
     *
     * @param step what
     * @param range when
     */
    public record Period(Step step, TimeRange range) {
        /** Refuses null (VALIDATION_ERROR). */
        public Period {
            required(step, "step");
            required(range, "range");
        }

        /** Whether it selects no time. */
        public boolean isAll() {
            return step == Step.PLACED && range.isUnbounded();
        }
    }

    /** Refuses null and no status at all (VALIDATION_ERROR). Copies the statuses. */
    public OrderQuery {
        required(about, "about");
        size(required(statuses, "statuses").size(), "statuses", 1, OrderStatus.values().length);
        statuses.forEach(status -> required(status, "statuses"));
        statuses = Collections.unmodifiableSet(EnumSet.copyOf(statuses));
        required(period, "period");
        required(sort, "sort");
    }

    /** Every order, the latest placed first. */
    public static OrderQuery all() {
        return new OrderQuery(
                new About(null, null, null),
                EnumSet.allOf(OrderStatus.class),
                new Period(Step.PLACED, TimeRange.always()),
                Sort.NEWEST_FIRST);
    }

    /** Only orders of this user. */
    public OrderQuery ofUser(UserId user) {
        return about(new About(required(user, "user"), about.product, about.reference));
    }

    /** Only orders with a line of this product. */
    public OrderQuery ofProduct(ProductId product) {
        return about(new About(about.user, required(product, "product"), about.reference));
    }

    /** Only orders with this reference, unique or not, 1 to 64 characters, compared exactly. */
    public OrderQuery withReference(String reference) {
        return about(part("about", () -> new About(about.user, about.product, required(reference, "reference"))));
    }

    private OrderQuery about(About changed) {
        return new OrderQuery(changed, statuses, period, sort);
    }

    /** Only orders with this status. */
    public OrderQuery withStatus(OrderStatus status) {
        return new OrderQuery(about, EnumSet.of(required(status, "status")), period, sort);
    }

    /** Only orders with one of these statuses, at least one. */
    public OrderQuery withStatus(Set<OrderStatus> wanted) {
        return new OrderQuery(about, wanted, period, sort);
    }

    /** Only orders placed in this time. Replaces a time of payment. */
    public OrderQuery placedIn(TimeRange range) {
        return new OrderQuery(about, statuses, part("period", () -> new Period(Step.PLACED, range)), sort);
    }

    /** Only orders paid in this time, sorted by when they were paid. Replaces a time of placing. */
    public OrderQuery paidIn(TimeRange range) {
        return new OrderQuery(about, statuses, part("period", () -> new Period(Step.PAID, range)), sort);
    }

    /** The earliest first. */
    public OrderQuery oldestFirst() {
        return new OrderQuery(about, statuses, period, Sort.OLDEST_FIRST);
    }

    /** Whether the orders are sorted by number and not by a time. */
    public boolean isByNumber() {
        return about.reference != null || (about.product != null && about.user == null && period.isAll());
    }

    /** The name of this list in its cursors: lists that are sorted alike share it. */
    public String listName() {
        return "orders." + (isByNumber() ? "NUMBER" : period.step.name()) + "." + sort;
    }
}
