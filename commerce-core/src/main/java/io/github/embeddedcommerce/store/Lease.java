package io.github.embeddedcommerce.store;

import java.time.Instant;

/**
 * The right to deliver an event, for a while. Immutable.
 *
 * @param token whose it is: another for each claim
 * @param until when it runs out, and somebody else may claim the event
 */
public record Lease(String token, Instant until) {}
