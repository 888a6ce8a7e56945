package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCategory;
import io.github.embeddedcommerce.error.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what is refused or broken off into problem details (RFC 9457). */
@RestControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** A refusal: the status by its category, so a code that a later version adds is mapped as well. */
    @ExceptionHandler
    ProblemDetail refused(CommerceException refusal) {
        ProblemDetail problem = ProblemDetail.forStatus(status(refusal.code().category()));
        problem.setDetail(refusal.getMessage());
        problem.setProperty("code", refusal.code().code());
        problem.setProperty("values", refusal.values());
        return problem;
    }

    private static HttpStatus status(ErrorCategory category) {
        return switch (category) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case INVALID -> HttpStatus.BAD_REQUEST;
            case CONFLICT, EXHAUSTED -> HttpStatus.CONFLICT;
        };
    }

    @ExceptionHandler
    ProblemDetail tooExpensive(GiftOrders.TooExpensive refusal) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, refusal.getMessage());
    }

    /** What the library could not store: some of it passes, and some is there until somebody mends it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> stored(StorageException failure) {
        return failure.error().mayPass() ? brokenOff(failure) : failed(failure);
    }

    /** Anything else is a failure of the server, of which a caller is told no more. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(RuntimeException failure) {
        LOG.error("a call failed", failure);
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(
                        HttpStatus.INTERNAL_SERVER_ERROR, "the server failed, and has logged why"))
                .build();
    }

    /** The database is busy or away. By now the transaction has been rolled back, so the call can be made again. */
    @ExceptionHandler({TransientDataAccessException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> brokenOff(RuntimeException failure) {
        return unavailable(failure, "the database is busy or away: try again");
    }

    /** The database went away during a call. Where it did so at the commit, nobody knows whether it has committed. */
    @ExceptionHandler({DataAccessResourceFailureException.class, TransactionSystemException.class})
    ResponseEntity<ProblemDetail> wentAway(RuntimeException failure) {
        return unavailable(failure, "the database went away: look whether it was done before you try again");
    }

    private static ResponseEntity<ProblemDetail> unavailable(RuntimeException failure, String detail) {
        LOG.warn("the database broke off a call: {}", failure.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
    }
}
