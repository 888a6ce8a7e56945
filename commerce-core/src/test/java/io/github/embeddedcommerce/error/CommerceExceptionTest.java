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
    void a_refusal_of_an_input_names_its_field_and_begins_with_it() {
        CommerceException refusal = Validation.refusal("quantity", "must be at least 1, it is 0", Map.of("value", 0));
        assertThat(refusal.field()).contains("quantity");
        assertThat(refusal.values()).containsExactly(Map.entry("field", "quantity"), Map.entry("value", 0));
        assertThat(refusal).hasMessage("quantity must be at least 1, it is 0 (VALIDATION_ERROR)");
        assertThat(Validation.refusal("no", Map.of("asked", 5)).field()).isEmpty();
    }

    @Example
    void a_refusal_of_a_part_is_told_as_one_of_the_whole() {
        CommerceException part = Validation.refusal(
                ErrorCode.INVALID_QUANTITY, "quantity", "must be at least 1, it is 0", Map.of("value", 0));
        CommerceException whole = part.within("lines[2]");
        assertThat(whole.code()).isEqualTo(ErrorCode.INVALID_QUANTITY);
        assertThat(whole).hasMessage("lines[2].quantity must be at least 1, it is 0 (O001)");
        assertThat(whole.values()).containsExactly(Map.entry("field", "lines[2].quantity"), Map.entry("value", 0));
        assertThat(whole.getStackTrace()).isEqualTo(part.getStackTrace());
        assertThat(whole.within("order").field()).contains("order.lines[2].quantity");
    }

    @Example
    void a_message_that_does_not_begin_with_the_field_keeps_its_words() {
        Map<String, String> field = Map.of("field", "to");
        CommerceException part = new CommerceException(ErrorCode.VALIDATION_ERROR, "the range is empty", field);
        assertThat(part.within("query")).hasMessage("query.to: the range is empty (VALIDATION_ERROR)");
    }

    @Example
    void a_refusal_that_is_about_no_input_is_the_same_of_the_whole() {
        CommerceException refusal =
                new CommerceException(ErrorCode.ALREADY_PAID, "order 1 is paid", Map.of("order", 1));
        assertThat(refusal.within("lines[2]")).isSameAs(refusal);
    }

    @Example
    void it_can_be_sent_to_another_process() throws IOException, ClassNotFoundException {
        CommerceException refusal = Validation.refusal("quantity", "no", Map.of("asked", 5L));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CommerceException received = (CommerceException) in.readObject();
            assertThat(received.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
            assertThat(received.values()).containsOnly(Map.entry("field", "quantity"), Map.entry("asked", 5L));
            assertThat(received.field()).contains("quantity");
            assertThat(received).hasMessage("quantity no (VALIDATION_ERROR)");
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
