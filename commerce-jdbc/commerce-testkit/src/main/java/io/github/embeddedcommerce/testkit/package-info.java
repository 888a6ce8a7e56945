/**
 * For the tests of hosts: {@link io.github.embeddedcommerce.testkit.TestShop} is a shop in memory,
 * {@link io.github.embeddedcommerce.testkit.SettableClock} its clock, {@link io.github.embeddedcommerce.testkit.Given}
 * its test data, {@link io.github.embeddedcommerce.testkit.FailingDataSource} its database, which fails on demand, and
 * {@link io.github.embeddedcommerce.testkit.CommerceExtension} hands all of it to a JUnit test and audits the shop
 * after it.
 */
@NullMarked
package io.github.embeddedcommerce.testkit;

import org.jspecify.annotations.NullMarked;
