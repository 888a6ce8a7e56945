package io.github.embeddedcommerce.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("E1")
class CommerceExceptionTest {
    @Example
    void a_refusal_says_why_and_with_which_values() {
        CommerceException refusal = new CommerceException(
                ErrorCode.INSUFFICIENT_STOCK, "2 are left, 5 were asked for", Map.of("asked", 5, "available", 2));
        assertThat(refusal).hasMessage("2 are left, 5 were asked for (P002)");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_STOCK);
        assertThat(refusal.values()).containsOnly(Map.entry("asked", 5), Map.entry("available", 2));
    }

    @Example
    void its_values_stay_what_they_were_and_in_their_order() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("zebra", 1);
        values.put("ant", "two");
        CommerceException refusal = new CommerceException(ErrorCode.VALIDATION_ERROR, "no", values);
        values.clear();
        assertThat(refusal.values()).containsExactly(Map.entry("zebra", 1), Map.entry("ant", "two"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> refusal.values().clear());
    }

    @Example
    void it_can_be_sent_to_another_process() throws IOException, ClassNotFoundException {
        CommerceException refusal = Validation.refusal("no", Map.of("asked", 5L));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CommerceException received = (CommerceException) in.readObject();
            assertThat(received.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
            assertThat(received.values()).containsOnly(Map.entry("asked", 5L));
            assertThat(received).hasMessage("no (VALIDATION_ERROR)");
        }
    }

    @Example
    void trouble_is_told_apart_from_a_refusal_and_says_whether_anything_changed() {
        IOException cause = new IOException("broken pipe");
        StorageException error = new StorageException(
                StorageError.CONNECTION_LOST, StorageException.Outcome.UNKNOWN, "orders.pay failed", cause);
        assertThat(error).hasMessage("orders.pay failed").hasCause(cause);
        assertThat(error.error()).isEqualTo(StorageError.CONNECTION_LOST);
        assertThat(error.outcome()).isEqualTo(StorageException.Outcome.UNKNOWN);
    }
}
