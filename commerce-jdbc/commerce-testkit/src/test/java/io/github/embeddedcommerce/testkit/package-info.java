/** Tests of the testkit, as a host would use it. */
@NullMarked
package io.github.embeddedcommerce.testkit;

import org.jspecify.annotations.NullMarked;
