package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a shop in memory to each JUnit Jupiter test that asks for one, and audits and closes it after the test, which
 * fails if an invariant of the shop does not hold.
 *
 * <pre>{@code
 * @ExtendWith(CommerceExtension.class)
 * class CheckoutTest {
 *     @Test
 *     void a_mug_is_sold(CommerceFacade shop, Given given) { … }
 * }
 * }</pre>
 *
 * <p>Parameters of tests, {@code @BeforeEach} and {@code @AfterEach} methods may be a {@link TestShop}, or of it the
 * {@link CommerceFacade}, the {@link SettableClock}, the {@link FailingDataSource} and the {@link Given}: they are of
 * one shop for one test. With other settings it is registered as a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CommerceExtension COMMERCE = CommerceExtension.with(settings);
 * }</pre>
 */
public final class CommerceExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(CommerceExtension.class);

    private static final Map<Class<?>, Function<TestShop, Object>> PARAMETERS = Map.of(
            TestShop.class, shop -> shop,
            CommerceFacade.class, TestShop::facade,
            SettableClock.class, TestShop::clock,
            FailingDataSource.class, TestShop::database,
            Given.class, TestShop::given);

    private final CommerceSettings settings;

    /** With the default settings; for {@code @ExtendWith}. */
    public CommerceExtension() {
        this(CommerceSettings.defaults());
    }

    private CommerceExtension(CommerceSettings settings) {
        this.settings = settings;
    }

    /** With these settings; for a field with {@code @RegisterExtension}. */
    public static CommerceExtension with(CommerceSettings settings) {
        return new CommerceExtension(Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Function<TestShop, Object> part =
                PARAMETERS.get(parameter.getParameter().getType());
        return Objects.requireNonNull(part).apply(shop(context));
    }

    private TestShop shop(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        TestShop open = store.get(TestShop.class, TestShop.class);
        if (open == null) {
            open = TestShop.inMemory(settings);
            store.put(TestShop.class, open);
        }
        return open;
    }

    /** Audits and closes the shop of the test, if it has asked for one. */
    @Override
    public void afterEach(ExtensionContext context) {
        TestShop shop = context.getStore(NAMESPACE).remove(TestShop.class, TestShop.class);
        if (shop != null) {
            try (shop) {
                shop.database().heal();
                shop.assertConsistent();
            }
        }
    }
}
