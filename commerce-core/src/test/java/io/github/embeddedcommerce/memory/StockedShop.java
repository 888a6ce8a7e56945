package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.won;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.joda.money.Money;

/**
 * A shop in memory that is ready to sell: mugs at 1,000 won, spoons at 10 won and samples for nothing, Ann with 10,000
 * won to spend and Bob with none.
 */
public final class StockedShop {
    public final InMemoryShop memory = new InMemoryShop();
    public final CommerceFacade door = memory.open();
    public final OptionId mug;
    public final OptionId spoon;
    public final OptionId sample;

    public StockedShop(long mugs, long spoons) {
        mug = register(Given.mugs(1_000, mugs));
        spoon = register(NewProduct.of("Spoon", "kitchen", won(10)).withOption("SPOON", spoons));
        sample = register(NewProduct.of("Sample", "kitchen", won(0)).withOption("SAMPLE", 10));
        door.users().register(ANN);
        door.users().charge(ANN, won(10_000));
        door.users().register(BOB);
    }

    private OptionId register(NewProduct product) {
        return door.products().register(product).options().get(0).id();
    }

    /** An order of this user's for so many mugs. */
    public Order mugsFor(UserId user, long quantity) {
        return door.orders().place(PlaceOrder.by(user).line(mug, quantity));
    }

    /** So many orders of Bob's for one mug each. */
    public List<Order> ordersOfOneMug(int count) {
        return IntStream.range(0, count).mapToObj(i -> mugsFor(BOB, 1)).toList();
    }

    public void letTimeToPayPass() {
        memory.clock.advance(Given.TIME_TO_PAY);
    }

    public StockLevel level(OptionId option) {
        return memory.rows().level(option);
    }

    public OrderStatus status(OrderId id) {
        return order(id).status();
    }

    public Order order(OrderId id) {
        return memory.rows().order(id);
    }

    public Money balance(UserId user) {
        return door.users().get(user).balance();
    }

    /** How many orders there are in each state. */
    public Map<OrderStatus, Long> orders() {
        return memory.rows().ordersByStatus();
    }
}
