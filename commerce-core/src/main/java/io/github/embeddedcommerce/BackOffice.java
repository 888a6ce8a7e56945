package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.OrderHistory;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductSales;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.usecase.LabelThings;
import io.github.embeddedcommerce.usecase.ReadBackOffice;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserQuery;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the people who run the shop look at: everybody's orders, users, coupons and stock, and the host's own words on
 * them. <b>It checks no owner</b>: whoever can call it sees everything, so a host lets no customer's request in here.
 * Each use case is one transaction; a refusal has written nothing. Thread-safe.
 *
 * <p><b>Lists.</b> A page continues behind the last entry of the page before, however many entries there are and
 * whatever was added or removed meanwhile. An entry that fits the query and keeps its place from the first page to the
 * last is listed exactly once. Orders keep their place for ever, users sorted by id as well, and so do coupons and
 * products; where an entry can move, the method says what then holds. An entry that comes to fit the query, or ceases
 * to, while the pages are read is listed at most once, or not at all.
 */
public final class BackOffice {
    private final UseCaseContext context;
    private final ReadBackOffice reads;
    private final LabelThings labels;

    BackOffice(UseCaseContext context) {
        this.context = context;
        this.reads = new ReadBackOffice(context);
        this.labels = new LabelThings(context);
    }

    /**
     * Finds any order; empty if there is no such order.
     *
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public Optional<OrderRecord> findOrder(OrderId order) {
        return reads.order(required(order, "order"));
    }

    /**
     * Returns any order.
     *
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public OrderRecord getOrder(OrderId order) {
        return findOrder(order).orElseThrow(() -> Order.notFound(order));
    }

    /**
     * Lists orders. One condition, user and status, or status and time are read off an index, so a page takes the same
     * time however many orders there are. With more conditions, the orders that fit the reference, else the product or
     * the user, else the time, are looked at one by one.
     *
     * <p>An order that fits the query while the pages are read is listed exactly once.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<OrderRecord> listOrders(OrderQuery query, PageRequest page) {
        return reads.orders(required(query, "query"), required(page, "page"));
    }

    /**
     * Returns all that happened to an order: its steps, its returns, payments from outside and their refunds, each
     * change of its owner's balance, and each event with the state of its delivery.
     *
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public OrderHistory getHistory(OrderId order) {
        return reads.history(required(order, "order"));
    }

    /**
     * Lists users. The range of the balance is read off an index if the users are sorted by it, the prefix if they are
     * sorted by id; the other condition is checked user by user.
     *
     * <p>Sorted by id, a user who fits the query while the pages are read is listed exactly once. Sorted by balance, so
     * is a user whose balance stays the same; one whose balance changes meanwhile can be listed again further down, or
     * be missed because the change took the user past the place that the pages had reached.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, a balance is in another currency, or the
     *     cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<User> listUsers(UserQuery query, PageRequest page) {
        inCurrency(required(query, "query").minBalance(), "minBalance");
        inCurrency(query.maxBalance(), "maxBalance");
        return reads.users(query, required(page, "page"));
    }

    private void inCurrency(@Nullable Money amount, String field) {
        if (amount != null) {
            context.settings().inCurrency(amount, field);
        }
    }

    /**
     * Lists coupons, the latest created first, with how many of each were issued, used and are left. The counts of a
     * page are of one moment. An unlimited coupon has no counter, and the use of none is counted as it happens: a page
     * takes time in proportion to the coupons that were issued of those on it.
     *
     * @throws CommerceException VALIDATION_ERROR if the page is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<CouponCounts> listCoupons(PageRequest page) {
        return reads.coupons(required(page, "page"));
    }

    /**
     * Lists the stock of options, the fewest available units first; ties by the option's id. The options of one product
     * and those with one reference are few, and are sorted for each page.
     *
     * <p>Each level is of the moment its page was read. An option whose available units stay the same while the pages
     * are read is listed exactly once. One that gets more of them meanwhile can be listed again further down; one that
     * gets fewer can be missed, because it has moved before the place that the pages had reached: it is on the first
     * page of the next look if it is among the lowest.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<StockEntry> listStock(StockQuery query, PageRequest page) {
        return reads.stock(required(query, "query"), required(page, "page"));
    }

    /**
     * Lists products with this reference, unique or not, on sale or not, the earliest registered first.
     *
     * @param reference 1 to 64 characters, compared exactly
     * @throws CommerceException VALIDATION_ERROR if an argument is null or malformed, or the cursor belongs to another
     *     list
     * @throws StorageException if the database could not do it
     */
    public Page<Product> listProducts(String reference, PageRequest page) {
        text(reference, "reference", 1, Reference.MAX_LENGTH);
        return reads.products(reference, required(page, "page"));
    }

    /**
     * Returns a product with its options and what orders that were paid in this time sold of each. Takes time in
     * proportion to the orders that were paid in it.
     *
     * @throws CommerceException PRODUCT_NOT_FOUND if there is no such product
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
     */
    public ProductSales getSales(ProductId product, TimeRange range) {
        return reads.sales(required(product, "product"), required(range, "range"));
    }

    /**
     * Puts a reference on an order in the place of the one it had; {@link Reference#none} takes it away.
     *
     * @return the order with the reference
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the reference is unique and another order
     *     has it
     * @throws StorageException if the database could not do it
     */
    public OrderRecord changeReference(OrderId order, Reference reference) {
        required(order, "order");
        required(reference, "reference");
        return labels.order(order, reference, before -> before.withReference(reference));
    }

    /**
     * Puts a note on an order in the place of the one it had; an empty one takes it away.
     *
     * @param note up to {@value OrderLabels#MAX_NOTE} characters
     * @return the order with the note
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException VALIDATION_ERROR if an argument is null or the note malformed
     * @throws StorageException if the database could not do it
     */
    public OrderRecord changeNote(OrderId order, String note) {
        required(order, "order");
        text(note, "note", 0, OrderLabels.MAX_NOTE);
        return labels.order(order, Reference.none(), before -> before.withNote(note));
    }

    /**
     * Puts a reference on a product in the place of the one it had; {@link Reference#none} takes it away.
     *
     * @return the product with the reference
     * @throws CommerceException PRODUCT_NOT_FOUND if there is no such product
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the reference is unique and another product
     *     has it
     * @throws StorageException if the database could not do it
     */
    public Product changeReference(ProductId product, Reference reference) {
        return labels.product(required(product, "product"), required(reference, "reference"));
    }

    /**
     * Puts a reference on an option in the place of the one it had; {@link Reference#none} takes it away.
     *
     * @return the product of the option, with the reference
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the reference is unique and another option
     *     has it
     * @throws StorageException if the database could not do it
     */
    public Product changeReference(OptionId option, Reference reference) {
        return labels.option(required(option, "option"), required(reference, "reference"));
    }
}
