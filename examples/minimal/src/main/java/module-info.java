/** The smallest host of a shop that is a module. */
module io.github.embeddedcommerce.examples.minimal {
    requires io.github.embeddedcommerce.jdbc;
}
