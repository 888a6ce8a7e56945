package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.suite.BadInput.Bad;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method of every door, found by reflection, with every argument missing or bad in every way that is
 * known for its type. A method with an argument nobody has said anything about fails the test.
 */
class BadInputTest extends ShopTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    @Tag("B1")
    @Tag("C3")
    @Tag("E1")
    @Tag("E2")
    @Tag("O4")
    void every_bad_argument_of_every_public_method_is_refused_with_its_code_and_changes_nothing() throws Exception {
        GoodInput good = new GoodInput(shop, clock.instant());
        BadInput bad = new BadInput(good, clock.instant());
        int calls = 0;
        for (Object door : doors()) {
            for (Method method : useCases(door)) {
                for (int i = 0; i < method.getParameterCount(); i++) {
                    for (Bad one : bad.of(name(method), method.getParameterTypes()[i])) {
                        call(door, method, arguments(good, method, i, one), one);
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

    private void call(Object door, Method method, Object[] arguments, Bad bad) throws IllegalAccessException {
        Contents before = Contents.of(pool);
        String expected = bad.code() == null ? "an answer" : bad.code().name();
        String outcome = "an answer";
        try {
            method.invoke(door, arguments);
        } catch (InvocationTargetException failure) {
            outcome = failure.getCause() instanceof CommerceException refusal
                    ? refusal.code().name()
                    : String.valueOf(failure.getCause());
        }
        String call = name(method) + Arrays.toString(arguments) + " (" + bad.what() + ")";
        if (!outcome.equals(expected)) {
            problems.add(call + ": " + outcome + " instead of " + expected);
        }
        if (!Contents.of(pool).equals(before)) {
            problems.add(call + ": has changed something");
        }
    }
}
