package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.page.Cursor;
import org.jspecify.annotations.Nullable;

/** Where the next page begins, as an answer says it. */
public final class Cursors {
    private Cursors() {}

    /** The text that a caller sends back; null after the last page. */
    public static @Nullable String text(@Nullable Cursor next) {
        return next == null ? null : next.value();
    }
}
