package io.github.embeddedcommerce.jdbc.plans;

import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lists of orders that an index has in their order: those that cost the same however many orders there are. */
final class OrderListQueries {
    private OrderListQueries() {}

    static List<OrderQuery> all(ManyOrders many, UserId user, ProductId product) {
        List<OrderQuery> queries = new ArrayList<>();
        for (OrderQuery some : List.of(
                OrderQuery.all(),
                OrderQuery.all().withStatus(OrderStatus.EXPIRED),
                OrderQuery.all().withStatus(Set.of(OrderStatus.PENDING, OrderStatus.CANCELLED)))) {
            queries.add(some);
            queries.add(some.placedIn(TimeRange.between(many.placed(0.3), many.placed(0.31))));
            queries.add(some.placedIn(TimeRange.before(many.placed(0.5))));
            queries.add(some.ofUser(user));
            queries.add(some.ofUser(user).placedIn(TimeRange.since(many.placed(0.9))));
        }
        queries.add(OrderQuery.all().paidIn(TimeRange.always()));
        queries.add(OrderQuery.all().paidIn(TimeRange.between(many.placed(0.3), many.placed(0.31))));
        queries.add(OrderQuery.all().ofProduct(product));
        queries.add(OrderQuery.all().withReference(ManyOrders.CAMPAIGN));
        queries.add(OrderQuery.all().withReference("unique-1000"));
        List<OrderQuery> bothWays = new ArrayList<>(queries);
        queries.forEach(query -> bothWays.add(query.oldestFirst()));
        return bothWays;
    }
}
