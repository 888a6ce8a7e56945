/** Micrometer meters of a shop. Start at {@link io.github.embeddedcommerce.micrometer.MicrometerListener}. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"
}) // Micrometer has no module descriptor; its name is set in its manifest
module io.github.embeddedcommerce.micrometer {
    requires transitive io.github.embeddedcommerce.core;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.github.embeddedcommerce.micrometer;
}
