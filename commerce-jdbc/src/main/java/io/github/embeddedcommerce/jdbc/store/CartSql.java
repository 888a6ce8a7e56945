package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.store.CartStore.NewCartItem;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Carts in SQL. Deleting a cart deletes its items. */
interface CartSql {
    @SqlQuery("select * from <commerce>cart_items where user_id in (<users>) order by user_id, id")
    List<ItemOfUser> items(@BindList Collection<UserId> users);

    /** An item in the cart of this user. */
    record ItemOfUser(UserId user, CartItem item) {}

    /** One row an item; one row without an item for an empty cart; none for a user who is not there. */
    @SqlQuery("""
            select i.id as item_id, i.option_id, i.quantity, o.sku, s.on_hand - s.reserved as available, p.*
            from <commerce>users u
            left join <commerce>cart_items i on i.user_id = u.id
            left join <commerce>product_options o on o.id = i.option_id
            left join <commerce>stock s on s.option_id = i.option_id
            left join <commerce>products p on p.id = o.product_id
            where u.id = :user
            order by i.id
            """)
    List<ViewRow> view(UserId user);

    @SqlQuery("""
            select a.*
            from <commerce>option_attributes a join <commerce>cart_items i on i.option_id = a.option_id
            where i.user_id = :user
            order by a.option_id, a.position
            """)
    List<ProductSql.AttributeRow> attributes(UserId user);

    @SqlQuery("select user_id from <commerce>cart_items where id = :item")
    Optional<UserId> owner(CartItemId item);

    @SqlBatch("""
            update <commerce>carts set touched_at = case when touched_at > :now then touched_at else :now end
            where user_id = :user
            """)
    int[] touch(@Bind("user") Collection<UserId> user, @Bind("now") Instant now);

    @SqlBatch("insert into <commerce>carts (user_id, touched_at) values (:user, :now)")
    void insertCarts(@Bind("user") Collection<UserId> user, @Bind("now") Instant now);

    @SqlBatch("""
            insert into <commerce>cart_items (user_id, option_id, quantity)
            values (:user, :option, :quantity)
            """)
    @GetGeneratedKeys("id")
    List<CartItemId> insert(@BindMethods List<NewCartItem> items);

    @SqlBatch("update <commerce>cart_items set quantity = :item.quantity where id = :item.id and user_id = :user")
    int[] write(@BindMethods List<ItemOfUser> items);

    @SqlUpdate("delete from <commerce>cart_items where user_id in (<users>) and id in (<items>)")
    int remove(@BindList Collection<UserId> users, @BindList Collection<CartItemId> items);

    @SqlUpdate("delete from <commerce>carts where user_id = :user")
    void clear(UserId user);

    @SqlQuery("""
            select user_id from <commerce>carts where touched_at < :before
            order by touched_at, user_id
            fetch first :limit rows only
            """)
    List<UserId> abandoned(Instant before, int limit);

    @SqlQuery("select id from <commerce>users where id in (<users>) order by id for update skip locked")
    List<UserId> lockOwners(@BindList Collection<UserId> users);

    @SqlUpdate("delete from <commerce>carts where user_id in (<users>) and touched_at < :before")
    int delete(@BindList Collection<UserId> users, Instant before);

    /** An item as a customer sees it, or the lack of one, and the currency of its prices. */
    record ViewRow(CurrencyUnit currency, @Nullable CartLine line) {}

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(UserId.class, (row, context) -> new UserId(row.getString(1)));
        jdbi.registerRowMapper(CartItemId.class, (row, context) -> new CartItemId(row.getLong(1)));
        jdbi.registerRowMapper(
                ItemOfUser.class,
                (row, context) -> new ItemOfUser(new UserId(row.getString("user_id")), item(row, "id")));
        jdbi.registerRowMapper(ViewRow.class, (row, context) -> {
            boolean empty = row.getObject("item_id") == null;
            return new ViewRow(columns.currency(), empty ? null : line(row, columns));
        });
    }

    private static CartItem item(ResultSet row, String id) throws SQLException {
        return new CartItem(
                new CartItemId(row.getLong(id)), new OptionId(row.getLong("option_id")), row.getLong("quantity"));
    }

    private static CartLine line(ResultSet row, RowReader columns) throws SQLException {
        CartItem item = item(row, "item_id");
        String sku = row.getString("sku");
        Offer offer = new Offer(item.option(), sku, new ProductId(row.getLong("id")), ProductSql.details(row, columns));
        return new CartLine(item, offer, new ProductOption(item.option(), sku, Map.of(), row.getLong("available")));
    }
}
