/**
 * START HERE. A whole shop behind one door, {@link io.github.embeddedcommerce.CommerceFacade}.
 *
 * <p><b>A purchase in five links:</b> {@link io.github.embeddedcommerce.Products#register register a product},
 * {@link io.github.embeddedcommerce.Users#topUp top up a balance}, {@link io.github.embeddedcommerce.Orders#place place
 * an order}, {@link io.github.embeddedcommerce.Orders#pay pay it}, {@link io.github.embeddedcommerce.Jobs#audit prove
 * that all is right}.
 *
 * <p><b>Words.</b> A <i>product</i> has <i>options</i> (variants), each with a <i>sku</i> and a stock. Stock <i>on
 * hand</i> is there; stock <i>reserved</i> is promised to a pending order; the rest is <i>available</i>. A
 * <i>refusal</i> is a {@link io.github.embeddedcommerce.error.CommerceException}: the caller asked for what cannot be.
 * <i>StorageError</i> is a {@link io.github.embeddedcommerce.error.StorageException}: the database could not do it.
 *
 * <p><b>Verbs.</b> Use cases are imperative ({@code place}, {@code pay}, {@code cancel}, {@code topUp}). {@code find}
 * returns an Optional, {@code get} throws, {@code list} pages. Reserve is followed by confirm or release, once.
 *
 * <p><b>Rules of the door.</b> Everything handed in and out is immutable, and everything here is thread-safe. Each use
 * case is one transaction, and a refused one has written nothing. Amounts are {@link org.joda.money.Money} of the
 * shop's one currency; times are UTC instants in whole microseconds.
 *
 * <p><b>Layers.</b> This package and {@code job} are the door; {@code transaction} is the hallway; {@code order},
 * {@code cart}, {@code product}, {@code stock}, {@code user}, {@code coupon}, {@code event}, {@code idempotency} and
 * {@code audit} are the rooms; {@code error} is the ground. Each knows only those below it.
 */
@NullMarked
package io.github.embeddedcommerce;

import org.jspecify.annotations.NullMarked;
