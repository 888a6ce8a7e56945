package io.github.embeddedcommerce.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.SimpleConditionEvent.satisfied;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds for the code of the shop below one root package. The root is a parameter so that the same rules can be
 * shown to reject a small, broken shop.
 *
 * @param root the package of the door
 */
record Architecture(String root) {
    /** From the top down. What stands in one line may know each other, but not in a circle. */
    private static final List<Set<String>> STOREYS = List.of(
            Set.of(""),
            Set.of(".job"),
            Set.of(".usecase"),
            Set.of(".transaction"),
            Set.of(".store"),
            Set.of(".order", ".payment", ".product", ".stock", ".user", ".cart", ".coupon", ".event", ".audit"),
            Set.of(".error", ".page", ".bulk", ".idempotency", ".reference"));

    /** A value that the host types and every use case reads. */
    private static final String SETTINGS = "CommerceSettings";

    private static final List<String> EMPTY_NAMES = List.of("Service", "Manager", "Helper", "Util", "Utils", "Impl");

    private static final Map<String, String> VERBS = Map.of("Optional", "find", "Page", "list");

    /** What use cases and jobs begin with. A new one is an imperative verb, and the same for the same kind of thing. */
    private static final Set<String> IMPERATIVES = Set.of(
            "add",
            "adjust",
            "audit",
            "begin",
            "cancel",
            "change",
            "clear",
            "close",
            "count",
            "create",
            "deliver",
            "discard",
            "expire",
            "export",
            "fail",
            "find",
            "get",
            "giveBack",
            "import",
            "issue",
            "list",
            "pay",
            "place",
            "purge",
            "receive",
            "recount",
            "refund",
            "register",
            "remove",
            "retry",
            "settle",
            "snapshot",
            "topUp");

    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    ArchRule arrows_run_down_only() {
        return classes().should(new ArchCondition<>("depend only on what stands below") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                int storey = storey(from);
                if (storey < 0) {
                    events.add(violated(from, from.getName() + " is in a package that belongs to no storey"));
                }
                from.getDirectDependenciesFromSelf().stream()
                        .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(root))
                        .filter(arrow -> storey(arrow.getTargetClass()) < storey)
                        .filter(arrow -> !arrow.getTargetClass().getSimpleName().equals(SETTINGS))
                        .map(Dependency::getDescription)
                        .forEach(arrow -> events.add(violated(from, "upwards: " + arrow)));
            }
        });
    }

    ArchRule no_packages_form_a_circle() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule only_the_language_money_and_nullness_are_used() {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                root + "..",
                "java.io",
                "java.lang..",
                "java.math",
                "java.nio.charset",
                "java.security",
                "java.time..",
                "java.util",
                "java.util.concurrent..",
                "java.util.function",
                "java.util.stream",
                "org.joda.money",
                "org.jspecify.annotations");
        return classes()
                .should()
                .onlyDependOnClassesThat(allowed.or(describe("primitive", JavaClass::isPrimitive))
                        .or(describe("array of primitives", JavaClass::isArray))
                        .and(describe("no logger", type -> !type.isAssignableTo(System.Logger.class))));
    }

    ArchRule no_public_field_can_be_changed() {
        return fields().that().arePublic().should().beFinal();
    }

    ArchRule no_name_says_nothing() {
        return noClasses().should(new ArchCondition<>("have a name that ends in one of " + EMPTY_NAMES) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                EMPTY_NAMES.stream()
                        .filter(type.getSimpleName()::endsWith)
                        .map(ending -> satisfied(type, type.getName() + " ends in " + ending))
                        .forEach(events::add);
            }
        });
    }

    ArchRule nothing_is_counted_in_floating_point() {
        return classes().should(new ArchCondition<>("have neither fields, parameters nor results of floating point") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<String> fields = type.getFields().stream()
                        .filter(field -> isFloating(field.getRawType()))
                        .map(JavaField::getFullName);
                Stream<String> codeUnits = type.getCodeUnits().stream()
                        .filter(unit -> isFloating(unit.getRawReturnType())
                                || unit.getRawParameterTypes().stream().anyMatch(Architecture::isFloating))
                        .map(JavaCodeUnit::getFullName);
                Stream.concat(fields, codeUnits).forEach(name -> events.add(violated(type, name)));
            }
        });
    }

    /**
     * {@code find} returns an Optional, {@code list} a page, {@code get} the thing itself, and no other verb does so.
     */
    ArchRule the_verbs_of_the_doors_say_what_they_return() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root)
                .and()
                .arePublic()
                .should(new ArchCondition<>("return what the verb says") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        String returned = method.getRawReturnType().getSimpleName();
                        String verb = method.getName().replaceFirst("[A-Z].*", "");
                        String expected = VERBS.getOrDefault(returned, "");
                        boolean fits = expected.isEmpty() ? !VERBS.containsValue(verb) : verb.equals(expected);
                        if (!fits || (verb.equals("get") && returned.equals("void"))) {
                            events.add(violated(method, method.getFullName() + " returns " + returned));
                        }
                    }
                });
    }

    /** The doors are what {@code UseCases} hands out, and the jobs. */
    ArchRule use_cases_are_imperative_verbs() {
        return methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(describe("are doors", this::isDoor))
                .should(new ArchCondition<>("begin with one of " + IMPERATIVES) {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        String name = method.getName();
                        if (IMPERATIVES.stream().noneMatch(verb -> name.matches(verb + "([A-Z].*)?"))) {
                            events.add(violated(method, method.getFullName() + " begins with no known verb"));
                        }
                    }
                });
    }

    private boolean isDoor(JavaClass type) {
        return type.getPackageName().equals(root)
                && (type.getSimpleName().equals("Jobs")
                        || type.getDirectDependenciesToSelf().stream()
                                .map(Dependency::getOriginClass)
                                .filter(from -> from.getName().equals(root + ".UseCases"))
                                .anyMatch(from -> true));
    }

    ArchRule no_state_belongs_to_a_thread() {
        return noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
    }

    ArchRule no_method_is_synchronized() {
        return noMethods().should().haveModifier(SYNCHRONIZED);
    }

    /** All of them, by their names. */
    List<ArchRule> rules() {
        return List.of(
                arrows_run_down_only(),
                no_packages_form_a_circle(),
                only_the_language_money_and_nullness_are_used(),
                no_public_field_can_be_changed(),
                no_name_says_nothing(),
                nothing_is_counted_in_floating_point(),
                the_verbs_of_the_doors_say_what_they_return(),
                use_cases_are_imperative_verbs(),
                no_state_belongs_to_a_thread(),
                no_method_is_synchronized());
    }

    private int storey(JavaClass type) {
        for (int storey = 0; storey < STOREYS.size(); storey++) {
            String inside = type.getPackageName().substring(root.length());
            if (STOREYS.get(storey).contains(inside)) {
                return storey;
            }
        }
        return -1;
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getBaseComponentType().getName());
    }
}
