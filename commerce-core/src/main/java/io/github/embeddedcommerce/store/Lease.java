package io.github.embeddedcommerce.store;

import java.time.Instant;

/**
 * The exclusive right to deliver events, for a limited time. Immutable.
 *
 * @param token unique for each claim
 * @param until when it expires, and the events can be claimed again
 */
public record Lease(String token, Instant until) {}
