package io.github.embeddedcommerce.user;

import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.fixture.Texts;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

@Tag("B1")
class UserIdTest {
    @Example
    @Tag("E2")
    void an_id_has_1_to_64_characters() {
        Texts.assertBounds("userId", 1, 64, UserId::new);
    }

    @Property
    void ids_are_ordered_and_told_apart_by_their_text(
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String one,
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String other) {
        assertThat(new UserId(one).equals(new UserId(other))).isEqualTo(one.equals(other));
        assertThat(Integer.signum(new UserId(one).compareTo(new UserId(other))))
                .isEqualTo(Integer.signum(one.compareTo(other)));
        assertThat(new UserId(one)).hasToString(one);
    }

    @Example
    @Tag("E1")
    void an_unknown_user_is_refused_by_the_id() {
        CommerceException refusal = refused(USER_NOT_FOUND, () -> {
            throw ANN.notFound();
        });
        assertThat(refusal).hasMessage("user ann is not registered: register the user first (U001)");
        assertThat(refusal.values()).containsOnly(Map.entry("user", "ann"));
    }
}
