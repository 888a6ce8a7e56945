package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database the shop of a command is in, where there is no default. */
final class ShopLogin {
    private static final int CONNECTIONS = 2;

    @Mixin
    private Login login = new Login();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The database, such as jdbc:h2:file:/tmp/shop or jdbc:postgresql://localhost/shop.")
    private String url = "";

    /** Opens the shop for one task. */
    CommerceFacade open() {
        return login.to(url).open(CONNECTIONS);
    }
}
