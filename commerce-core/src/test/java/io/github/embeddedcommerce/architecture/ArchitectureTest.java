package io.github.embeddedcommerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "io.github.embeddedcommerce";
    private static final Architecture SHOP = new Architecture(ROOT);
    private static final Architecture BROKEN_SHOP = new Architecture(ROOT + ".canary");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages(ROOT + ".canary");

    @ParameterizedTest
    @MethodSource("rules")
    void the_code_keeps_the_rule(ArchRule rule) {
        rule.check(CODE);
    }

    static List<ArchRule> rules() {
        return SHOP.rules();
    }

    @Test
    void the_rules_look_at_the_code_and_at_nothing_else() {
        assertThat(CODE.contain(ROOT + ".CommerceFacade")).isTrue();
        assertThat(CODE.contain(ROOT + ".order.Order")).isTrue();
        assertThat(CODE.stream().filter(type -> type.getName().endsWith("Test")))
                .isEmpty();
        assertThat(CODE.stream().filter(type -> type.getName().contains("canary")))
                .isEmpty();
    }

    @Test
    void an_arrow_upwards_is_rejected_on_every_storey() {
        assertRejected(
                BROKEN_SHOP.arrows_run_down_only(),
                "upwards: .*job.ChoreThatKnocksAtTheDoor.*canary.Door",
                "upwards: .*transaction.HallwayThatDoesChores.*job.ChoreThatKnocksAtTheDoor",
                "upwards: .*stock.ShelfInTheHallway.*transaction.HallwayThatDoesChores",
                "upwards: .*order.OrderAtTheDoor.*canary.Door",
                "upwards: .*error.ErrorAboutShelves.*stock.ShelfInTheHallway",
                ".*common.Odds is in a package that belongs to no storey");
    }

    @Test
    void rooms_in_a_circle_are_rejected() {
        assertRejected(BROKEN_SHOP.no_packages_form_a_circle(), "(?s).*Slice cart.*Slice user.*");
    }

    @Test
    void a_network_and_a_log_are_rejected() {
        assertRejected(
                BROKEN_SHOP.only_the_language_money_and_nullness_are_used(),
                ".*audit.AuditByMail.*java.net.URI.*",
                ".*audit.AuditByMail.*java.lang.System\\$Logger.*");
    }

    @Test
    void a_public_field_that_can_be_changed_is_rejected() {
        assertRejected(BROKEN_SHOP.no_public_field_can_be_changed(), ".*event.OpenEvent.type.*");
    }

    @Test
    void a_name_that_says_nothing_is_rejected() {
        assertRejected(
                BROKEN_SHOP.no_name_says_nothing(),
                ".*product.ProductService ends in Service",
                ".*ProductService\\$PriceUtil ends in Util",
                ".*ProductService\\$StockManager ends in Manager",
                ".*ProductService\\$SkuHelper ends in Helper",
                ".*ProductService\\$ProductServiceImpl ends in Impl");
    }

    @Test
    void floating_point_is_rejected_in_fields_parameters_and_results() {
        assertRejected(
                BROKEN_SHOP.nothing_is_counted_in_floating_point(),
                ".*FloatingDiscount.percent",
                ".*FloatingDiscount.boxed",
                ".*FloatingDiscount.many",
                ".*FloatingDiscount.take\\(float\\)",
                ".*FloatingDiscount.give\\(\\)");
    }

    @Test
    void a_verb_that_does_not_say_what_is_returned_is_rejected() {
        assertRejected(
                BROKEN_SHOP.the_verbs_of_the_doors_say_what_they_return(),
                ".*Door.get\\(\\) returns Optional",
                ".*Door.key\\(\\) returns Optional",
                ".*Door.findAll\\(\\) returns List",
                ".*Door.listKeys\\(\\) returns List",
                ".*Door.getNothing\\(\\) returns void");
    }

    @Test
    void a_use_case_that_is_no_imperative_verb_is_rejected() {
        assertRejected(BROKEN_SHOP.use_cases_are_imperative_verbs(), ".*Door.key\\(\\) begins with no known verb");
        assertThat(BROKEN_SHOP
                        .use_cases_are_imperative_verbs()
                        .evaluate(CANARIES)
                        .getFailureReport()
                        .getDetails())
                .hasSize(1);
    }

    @Test
    void a_transaction_hands_out_the_doors_of_the_facade_and_nothing_else() {
        assertThat(CODE.get(ROOT + ".UseCases").getMethods())
                .allSatisfy(door -> {
                    assertThat(door.getRawParameterTypes()).isEmpty();
                    assertThat(door.getRawReturnType().getPackageName()).isEqualTo(ROOT);
                })
                .extracting(JavaMember::getName)
                .containsExactlyInAnyOrder(
                        "products", "users", "carts", "coupons", "orders", "payments", "deadLetters", "backOffice");
    }

    @Test
    void state_of_a_thread_and_a_lock_of_the_process_are_rejected() {
        assertRejected(BROKEN_SHOP.no_state_belongs_to_a_thread(), ".*coupon.CouponOfThisThread.*ThreadLocal.*");
        assertRejected(BROKEN_SHOP.no_method_is_synchronized(), ".*coupon.CouponOfThisThread.issue.*");
    }

    private static void assertRejected(ArchRule rule, String... expected) {
        List<String> violations = rule.evaluate(CANARIES).getFailureReport().getDetails();
        for (String pattern : expected) {
            assertThat(violations).anySatisfy(violation -> assertThat(violation).containsPattern(pattern));
        }
    }
}
