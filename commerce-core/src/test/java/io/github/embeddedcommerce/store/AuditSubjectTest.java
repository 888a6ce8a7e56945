package io.github.embeddedcommerce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("J5")
class AuditSubjectTest {
    @Example
    void a_key_is_a_number_a_user_or_a_day_as_it_is_written() {
        String longest = "\uD83D\uDE00".repeat(64);
        assertThat(AuditSubject.ORDERS.key("17")).isEqualTo(17L);
        assertThat(AuditSubject.USERS.key("ann")).isEqualTo("ann");
        assertThat(AuditSubject.CARTS.key(longest)).isEqualTo(longest);
        assertThat(AuditSubject.SNAPSHOTS.key("2026-03-01")).isEqualTo(LocalDate.of(2026, 3, 1));
    }

    @Example
    void what_no_row_can_have_is_no_key() {
        noKey(AuditSubject.ORDERS, "017");
        noKey(AuditSubject.USERS, "\0ann");
        noKey(AuditSubject.USERS, "ann\0");
        noKey(AuditSubject.USERS, "x".repeat(65));
        noKey(AuditSubject.SNAPSHOTS, "+12026-03-01");
    }

    private static void noKey(AuditSubject subject, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> subject.key(text));
    }
}
