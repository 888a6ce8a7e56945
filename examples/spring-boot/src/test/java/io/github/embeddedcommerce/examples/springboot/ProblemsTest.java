package io.github.embeddedcommerce.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Every refusal has the status that the page of errors suggests. */
class ProblemsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| `\\w+` \\| \\w+ \\| (\\d+) \\|", Pattern.MULTILINE);

    @Test
    void every_code_has_the_status_of_its_category() throws IOException {
        String page = Files.readString(Path.of("../../docs/errors.md"));
        Map<String, Integer> suggested = ROW.matcher(page)
                .results()
                .collect(Collectors.toMap((MatchResult row) -> row.group(1), row -> Integer.valueOf(row.group(2))));

        for (ErrorCode code : ErrorCode.values()) {
            ProblemDetail problem =
                    new Problems().refused(new CommerceException(code, "refused", Map.of("field", "note")));
            assertThat(problem.getStatus()).as(code.name()).isEqualTo(suggested.get(code.name()));
            assertThat(problem.getProperties())
                    .containsEntry("code", code.code())
                    .containsEntry("values", Map.of("field", "note"));
        }
    }

    @Test
    void only_what_may_pass_is_to_be_tried_again() {
        for (StorageError error : StorageError.values()) {
            ResponseEntity<ProblemDetail> answer =
                    new Problems().stored(new StorageException(error, Outcome.MUST_ROLL_BACK, "on purpose", null));
            assertThat(answer.getStatusCode().value()).as(error.name()).isEqualTo(error.mayPass() ? 503 : 500);
            assertThat(answer.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER))
                    .as(error.name())
                    .isEqualTo(error.mayPass());
        }
    }
}
