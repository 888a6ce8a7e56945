package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.pages.ErrorsPage;
import io.github.embeddedcommerce.jdbc.suite.BadInput.Bad;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method of every door, found by reflection, with every argument missing or bad in every way that is
 * known for its type. A method with an argument nobody has said anything about fails the test.
 */
class BadInputTest extends ShopTest {
    private final List<String> problems = new ArrayList<>();
    private final ErrorsPage page = ErrorsPage.read();

    BadInputTest() throws IOException {}

    @Test
    @Tag("B1")
    @Tag("C3")
    @Tag("E1")
    @Tag("E2")
    @Tag("O4")
    void every_bad_argument_of_every_public_method_is_refused_with_its_code_and_path_and_changes_nothing()
            throws Exception {
        GoodInput good = new GoodInput(shop, clock.instant());
        BadInput bad = new BadInput(good, clock.instant());
        int calls = 0;
        for (Object door : doors()) {
            for (Method method : useCases(door)) {
                for (int i = 0; i < method.getParameterCount(); i++) {
                    for (Bad one : bad.of(name(method), method.getParameterTypes()[i])) {
                        call(door, method, arguments(good, method, i, one), expected(one, method.getParameters()[i]));
                        calls++;
                    }
                }
            }
        }

        assertThat(problems).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    /** The facade, its doors, and the tasks that need no argument to be had. */
    private List<Object> doors() throws ReflectiveOperationException {
        List<Object> doors = new ArrayList<>(List.of(shop));
        for (Object house : List.of(shop, shop.jobs())) {
            for (Method method : house.getClass().getMethods()) {
                boolean handsOut = method.getDeclaringClass() == house.getClass() && method.getParameterCount() == 0;
                if (handsOut && method.getReturnType().getName().startsWith(CommerceFacade.class.getPackageName())) {
                    doors.add(method.invoke(house));
                }
            }
        }
        return doors;
    }

    /** Of a task, what can be set: the rest is for the library itself. */
    private static List<Method> useCases(Object door) {
        return Stream.of(door.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .filter(method -> !(door instanceof Callable) || method.getReturnType() == door.getClass())
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Object[] arguments(GoodInput good, Method method, int position, Bad bad) {
        Object[] arguments = Stream.of(method.getParameterTypes()).map(good::of).toArray();
        arguments[position] = bad.value();
        return arguments;
    }

    /** How the argument is refused: by its code, and where that says so with the path of what is wrong. */
    private static Bad expected(Bad bad, Parameter parameter) {
        return Objects.equals(bad.field(), BadInput.PARAMETER)
                ? new Bad(bad.what(), bad.value(), bad.code(), parameter.getName())
                : bad;
    }

    private void call(Object door, Method method, Object[] arguments, Bad bad) throws IllegalAccessException {
        Contents before = Contents.of(pool);
        String outcome = "an answer";
        String call = name(method) + Arrays.toString(arguments) + " (" + bad.what() + ")";
        try {
            method.invoke(door, arguments);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof CommerceException refusal) {
                outcome = outcome(refusal.code(), refusal.field().orElse(null));
                expectDocumented(call, refusal);
            } else {
                outcome = String.valueOf(failure.getCause());
            }
        }
        String expected = bad.code() == null ? "an answer" : outcome(bad.code(), bad.field());
        if (!outcome.equals(expected)) {
            problems.add(call + ": " + outcome + " instead of " + expected);
        }
        if (!Contents.of(pool).equals(before)) {
            problems.add(call + ": has changed something");
        }
    }

    /** The message begins with the field, if there is one, and docs/errors.md lists the names of the values. */
    private void expectDocumented(String call, CommerceException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (!message.startsWith(refusal.field().map(field -> field + " ").orElse(""))) {
            problems.add(call + ": a message that does not begin with the field: " + message);
        }
        Set<String> undocumented = new TreeSet<>(refusal.values().keySet());
        undocumented.removeAll(page.values(refusal.code()));
        if (refusal.code() != ErrorCode.VALIDATION_ERROR && !undocumented.isEmpty()) {
            problems.add(call + ": values that docs/errors.md does not list: " + undocumented);
        }
    }

    private static String outcome(ErrorCode code, @Nullable String field) {
        return field == null ? code.name() : code + " of " + field;
    }
}
