package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.product.ProductId;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/** How the shop's own types are bound to the statements that go by jdbi: ids as what they wrap, instants in UTC. */
final class DomainArguments implements ArgumentFactory.Preparable {
    private record Binding(int sqlType, Function<Object, Object> written) {}

    private static final Map<Type, Binding> BINDINGS = Map.of(
            ProductId.class, new Binding(Types.BIGINT, value -> ((ProductId) value).value()),
            OrderId.class, new Binding(Types.BIGINT, value -> ((OrderId) value).value()),
            LocalDate.class, new Binding(Types.DATE, value -> value));

    private final Binding instants;

    DomainArguments(Dialect dialect) {
        this.instants = new Binding(dialect.timeType(), value -> dialect.written((Instant) value));
    }

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        Binding known = Instant.class.equals(type) ? instants : BINDINGS.get(type);
        return Optional.ofNullable(known).map(binding -> value -> argument(binding, value));
    }

    @SuppressWarnings("NullAway") // jdbi hands null for null
    private static Argument argument(Binding binding, Object value) {
        if (value == null) {
            return (position, statement, context) -> statement.setNull(position, binding.sqlType);
        }
        Object written = binding.written.apply(value);
        return (position, statement, context) -> statement.setObject(position, written);
    }
}
