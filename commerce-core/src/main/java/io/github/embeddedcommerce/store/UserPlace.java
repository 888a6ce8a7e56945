package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.user.UserId;

/**
 * A position in a list of users: behind this one. Immutable.
 *
 * @param balanceMinor the balance in minor units, if the list is sorted by it
 * @param user the id, which breaks ties, or by which the list is sorted
 */
public record UserPlace(long balanceMinor, UserId user) {}
