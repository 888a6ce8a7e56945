package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserQuery;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Everybody's balance. */
public final class UserDeskRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public UserDeskRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(Route.get("/admin/users", this::list));
    }

    record Listed(List<Row> users, @Nullable String nextCursor) {}

    record Row(String userId, long balance) {
        static Row of(User user) {
            return new Row(user.id().value(), Won.in(user.balance()));
        }
    }

    private Listed list(Call call) {
        Query query = call.query("prefix", "minBalance", "maxBalance", "sortBy", "cursor", "size");
        UserQuery wanted = UserQuery.all()
                .sortedBy(query.constant("sortBy", UserQuery.Sort.class).orElse(UserQuery.Sort.ID));
        wanted = query.text("prefix").map(wanted::withIdFrom).orElse(wanted);
        OptionalLong min = query.wholeNumber("minBalance");
        wanted = min.isPresent() ? wanted.withBalanceFrom(Won.of(min.getAsLong())) : wanted;
        OptionalLong max = query.wholeNumber("maxBalance");
        wanted = max.isPresent() ? wanted.withBalanceUpTo(Won.of(max.getAsLong())) : wanted;
        Page<User> page = shop.backOffice().listUsers(wanted, query.page());
        return new Listed(page.map(Row::of).items(), Cursors.text(page.next()));
    }
}
