package io.github.embeddedcommerce.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.store.AuditMark;
import io.github.embeddedcommerce.store.AuditSubject;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an audit is: what a {@link Checkpoint} says. Its text has a check sum, so that one which was cut off or mixed
 * up on its way is told from one that an audit has made.
 *
 * @param mark where the next audit of changes begins, once this one is complete
 * @param since where this one began; null if it checks everything
 * @param subject what it is at; null if it is complete
 * @param last the last key of it that was checked; null for none
 */
record AuditPosition(
        AuditMark mark,
        @Nullable AuditMark since,
        @Nullable AuditSubject subject,
        @Nullable String last) {
    private static final String SEPARATOR = "\n";
    private static final String NONE = "-";
    private static final int PARTS_OF_MARK = 6;
    private static final int PARTS = 2 * PARTS_OF_MARK + 3;
    private static final String HEAD = "audit 1";
    private static final int BYTES_OF_SUM = 6;

    /** Times that each database can hold. */
    private static final Instant FIRST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** The position behind this key of the same subject. */
    AuditPosition behind(@Nullable String key) {
        return new AuditPosition(mark, since, subject, key);
    }

    /** The position before the first of the next subject, or at the end. */
    AuditPosition atNext() {
        if (subject == null) {
            return this;
        }
        List<AuditSubject> all = List.of(AuditSubject.values());
        int next = all.indexOf(subject) + 1;
        return new AuditPosition(mark, since, next < all.size() ? all.get(next) : null, null);
    }

    /** The position before the first of the same subject, of which everything is checked, and of those behind it. */
    AuditPosition ofEverything() {
        return new AuditPosition(mark, null, subject, null);
    }

    Checkpoint checkpoint() {
        String text = String.join(
                SEPARATOR,
                HEAD,
                written(mark),
                since == null ? String.join(SEPARATOR, Collections.nCopies(PARTS_OF_MARK, NONE)) : written(since),
                subject == null ? NONE : subject.name(),
                last == null ? "" : last);
        String checked = sum(text) + SEPARATOR + text;
        return new Checkpoint(Base64.getUrlEncoder().withoutPadding().encodeToString(checked.getBytes(UTF_8)));
    }

    /** Null for none. Refuses one that no audit has made (VALIDATION_ERROR). */
    static @Nullable AuditPosition of(Checkpoint checkpoint) {
        if (checkpoint.equals(Checkpoint.NONE)) {
            return null;
        }
        try {
            AuditPosition position = read(new String(Base64.getUrlDecoder().decode(checkpoint.value()), UTF_8));
            if (position.checkpoint().equals(checkpoint)) {
                return position;
            }
        } catch (IllegalArgumentException | DateTimeException | CommerceException malformed) {
            throw refusal(checkpoint);
        }
        throw refusal(checkpoint);
    }

    /** Whatever is read from something else is written as something else. */
    private static AuditPosition read(String checked) {
        List<String> parts = List.of(checked.split(SEPARATOR, PARTS + 1));
        if (parts.size() != PARTS + 1) {
            throw new IllegalArgumentException("not of an audit");
        }
        List<String> since = parts.subList(2 + PARTS_OF_MARK, 2 + 2 * PARTS_OF_MARK);
        String name = parts.get(PARTS - 1);
        String last = parts.get(PARTS);
        AuditSubject subject = name.equals(NONE) ? null : AuditSubject.valueOf(name);
        if (subject != null && !last.isEmpty()) {
            subject.key(last);
        }
        return new AuditPosition(
                mark(parts.subList(2, 2 + PARTS_OF_MARK)),
                since.get(0).equals(NONE) ? null : mark(since),
                subject,
                subject == null || last.isEmpty() ? null : last);
    }

    private static String sum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES_OF_SUM);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static String written(AuditMark mark) {
        return String.join(
                SEPARATOR,
                mark.at().toString(),
                String.valueOf(mark.stockChange()),
                String.valueOf(mark.userCoupon()),
                mark.onHand().toString(),
                mark.returned().toString(),
                mark.reserved().toString());
    }

    private static AuditMark mark(List<String> parts) {
        Instant at = Instant.parse(parts.get(0));
        if (at.isBefore(FIRST) || at.isAfter(END)) {
            throw new DateTimeException("no time of a shop");
        }
        return new AuditMark(
                at,
                Long.parseLong(parts.get(1)),
                Long.parseLong(parts.get(2)),
                new BigInteger(parts.get(3)),
                new BigInteger(parts.get(4)),
                new BigInteger(parts.get(5)));
    }

    private static CommerceException refusal(Checkpoint checkpoint) {
        return Validation.refusal(
                "checkpoint",
                "is not one of an audit: use that of the last report as it is, or none to check everything",
                Map.of("value", checkpoint.value()));
    }
}
