package io.github.embeddedcommerce.order;

import java.time.LocalDate;

/**
 * The sales of one day. Immutable.
 *
 * @param day the day in the time zone that was asked for; it has 23 or 25 hours when clocks are changed
 * @param sales what was sold on it
 */
public record SalesOfDay(LocalDate day, Sales sales) {}
