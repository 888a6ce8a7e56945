package io.github.embeddedcommerce.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.store.AuditMark;
import io.github.embeddedcommerce.store.AuditSubject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A position is the same when it has been a checkpoint, wherever it is. */
@Tag("J5")
class AuditPositionTest {
    private static final AuditMark MARK = new AuditMark(
            Instant.parse("2026-03-01T10:00:00.123456Z"),
            1,
            Long.MAX_VALUE,
            BigInteger.TEN.pow(37).negate(),
            BigInteger.ZERO,
            BigInteger.ONE);
    private static final AuditMark EARLIER = new AuditMark(
            Instant.parse("1969-12-31T23:59:59Z"), 0, 7, BigInteger.ONE, BigInteger.TWO.negate(), BigInteger.ZERO);

    @Test
    void it_comes_back_from_its_checkpoint_whatever_the_key_is() {
        for (String key : List.of("1", "-", "a\nb\n", "ä€😀".repeat(16))) {
            same(new AuditPosition(MARK, null, AuditSubject.USERS, key));
            same(new AuditPosition(MARK, EARLIER, AuditSubject.CARTS, key));
        }
        same(new AuditPosition(MARK, EARLIER, AuditSubject.SNAPSHOTS, null));
        same(new AuditPosition(MARK, null, null, null));
    }

    @Test
    void it_goes_over_all_there_is() {
        AuditPosition position = new AuditPosition(MARK, null, AuditSubject.ORDERS, "7");
        for (AuditSubject subject : AuditSubject.values()) {
            assertThat(position.subject()).isEqualTo(subject);
            position = position.atNext();
            assertThat(position.last()).isNull();
        }

        assertThat(position.subject()).isNull();
        assertThat(position.atNext()).isEqualTo(position);
    }

    @Test
    @Tag("E2")
    void a_text_of_anything_else_is_refused_also_if_its_sum_is_right() {
        String real = text(new AuditPosition(MARK, EARLIER, AuditSubject.USERS, "ann"));
        String time = MARK.at().toString();
        for (String broken : List.of(
                "audit",
                "audit 1",
                real.replace("audit 1", "audit 2"),
                real.replace("USERS", "HOSTS"),
                real.replace("USERS\nann", "-\nann"),
                real.replace("USERS", "ORDERS"),
                real.replace("USERS\nann", "ORDERS\n07"),
                real.replace("USERS\nann", "ORDERS\n99999999999999999999"),
                real.replace("USERS\nann", "SNAPSHOTS\n2026-11-29 00:00:00"),
                real.replace("USERS\nann", "SNAPSHOTS\n2026-02-30"),
                real.replace("USERS\nann", "SNAPSHOTS\n+20260-02-03"),
                real.replace("ann", "a".repeat(65)),
                real.replace("ann", "a\0"),
                real.replace("10000", "x"),
                real.replace(time, "+10000-01-01T00:00:00Z"),
                real.replace(time, "-0001-01-01T00:00:00Z"),
                real.replace(time, Instant.MAX.toString()),
                real.replace(time, "2026-02-30T00:00:00Z"),
                real.replace(time, "2026-03-01T24:00:00Z"),
                real.replace(time, "2026-03-01"),
                real.replace("9223372036854775807", "9223372036854775808"),
                real.substring(0, real.indexOf("USERS")))) {
            refused(checkpoint(broken));
        }
        assertThat(AuditPosition.of(Checkpoint.NONE)).isNull();
        assertThat(AuditPosition.of(checkpoint(real))).isNotNull();
    }

    /** Whatever happens to the text on its way, and whatever of it happens to be one of a position, too. */
    @Test
    @Tag("E2")
    void a_text_that_was_changed_on_its_way_is_refused() {
        Random random = new Random(5);
        for (String key : List.of("12", "ann", "2026-11-29")) {
            for (AuditSubject subject : AuditSubject.values()) {
                String real = new AuditPosition(MARK, EARLIER, subject, key)
                        .checkpoint()
                        .value();
                for (int i = 0; i < 200; i++) {
                    String changed = changed(real, random);
                    if (!changed.equals(real)) {
                        refused(new Checkpoint(changed));
                    }
                }
            }
        }
    }

    /** Texts with a sum that fits are refused, or are what a position is written as. */
    @Test
    @Tag("E2")
    void a_text_that_somebody_has_made_up_is_refused_or_means_what_it_says() {
        Random random = new Random(7);
        int refused = 0;
        List<AuditSubject> subjects = List.of(AuditSubject.values());
        for (int i = 0; i < 5_000; i++) {
            AuditSubject subject = subjects.get(random.nextInt(subjects.size()));
            Checkpoint forged = checkpoint(changed(text(new AuditPosition(MARK, EARLIER, subject, "7")), random));
            try {
                AuditPosition position = Objects.requireNonNull(AuditPosition.of(forged));
                assertThat(position.checkpoint()).isEqualTo(forged);
                if (position.subject() != null && position.last() != null) {
                    assertThat(position.subject().key(position.last())).hasToString(position.last());
                }
            } catch (CommerceException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 4_999);
    }

    /** With a few characters changed, added or lost. */
    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int place = random.nextInt(changed.length());
            char character = "Aa09-_=+\n".charAt(random.nextInt(9));
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(place, character);
                case 1 -> changed.deleteCharAt(place);
                case 2 -> changed.setCharAt(place, changed.charAt(random.nextInt(changed.length())));
                default -> changed.setCharAt(place, character);
            }
        }
        return changed.toString();
    }

    private static void refused(Checkpoint checkpoint) {
        assertThatThrownBy(() -> AuditPosition.of(checkpoint))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                    assertThat(refusal.field()).hasValue("checkpoint");
                });
    }

    private static void same(AuditPosition position) {
        assertThat(AuditPosition.of(position.checkpoint())).isEqualTo(position);
    }

    /** What a checkpoint says, without its sum. */
    private static String text(AuditPosition position) {
        String checked =
                new String(Base64.getUrlDecoder().decode(position.checkpoint().value()), StandardCharsets.UTF_8);
        return checked.substring(checked.indexOf('\n') + 1);
    }

    /** A checkpoint that says this, with its sum. */
    private static Checkpoint checkpoint(String text) {
        String checked = sum(text) + "\n" + text;
        return new Checkpoint(
                Base64.getUrlEncoder().withoutPadding().encodeToString(checked.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }
}
