/**
 * START HERE. The entry point is {@link io.github.embeddedcommerce.CommerceFacade}.
 *
 * <p><b>A purchase in five calls:</b> {@link io.github.embeddedcommerce.Products#register register a product},
 * {@link io.github.embeddedcommerce.Users#topUp top up a balance}, {@link io.github.embeddedcommerce.Orders#place place
 * an order}, {@link io.github.embeddedcommerce.Orders#pay pay it}, {@link io.github.embeddedcommerce.Jobs#audit audit
 * the shop}.
 *
 * <p><b>Terms.</b> A <i>product</i> has <i>options</i> (variants), each with a <i>sku</i> and a stock. Stock <i>on
 * hand</i> is what the shop has; <i>reserved</i> stock is held by pending orders; the rest is <i>available</i>. A
 * <i>refusal</i> is a {@link io.github.embeddedcommerce.error.CommerceException}: the request is malformed, or the
 * state of the shop does not allow it. A {@link io.github.embeddedcommerce.error.StorageException} says that the
 * database could not do it.
 *
 * <p><b>Verbs.</b> Use cases are imperative ({@code place}, {@code pay}, {@code cancel}, {@code topUp}). {@code find}
 * returns an Optional, {@code get} throws if there is nothing to return, {@code list} returns a page.
 *
 * <p><b>Everywhere.</b> Values are immutable, and everything in this package is thread-safe. Each use case is one
 * transaction, and a refused one has written nothing. Amounts are {@link org.joda.money.Money} of the shop's one
 * currency; times are UTC instants in whole microseconds. They never run backwards, even where the clocks of hosts do:
 * what happens to a thing is given a time no earlier than what happened to it before.
 */
@NullMarked
package io.github.embeddedcommerce;

import org.jspecify.annotations.NullMarked;
