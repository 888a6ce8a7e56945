package io.github.embeddedcommerce.examples.storefront;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.embeddedcommerce.examples.storefront.browser.Chromium;
import io.github.embeddedcommerce.examples.storefront.browser.Look;
import io.github.embeddedcommerce.examples.storefront.browser.Tab;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A storefront and a headless Chromium to look at it, for the tests of one class. They are skipped where there is no
 * Chromium. Pictures are left in {@code target/screenshots}.
 */
final class BrowsedShop implements BeforeAllCallback, AfterAllCallback {
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final Supplier<TestHost> starting;
    private @Nullable TestHost shop;
    private @Nullable Chromium browser;

    BrowsedShop(Supplier<TestHost> starting) {
        this.starting = starting;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> found = Chromium.find();
        assumeTrue(
                found.isPresent(),
                "there is no Chromium on the path: install one, or name it with -Dchromium=…, to see the pages tested");
        shop = starting.get();
        browser = Chromium.start(found.orElseThrow());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    TestHost host() {
        return Objects.requireNonNull(shop);
    }

    String address() {
        return "http://127.0.0.1:" + host().host.port() + "/";
    }

    /** The customer whom a tab of the shop is for. */
    static long user(Tab tab) {
        return tab.evaluate("import('/js/shop.js').then(module => module.shop.user)")
                .longValue();
    }

    /** Opens a page in a tab of its own and waits until it is drawn. */
    Tab open(Look look, String path) {
        Tab tab = Objects.requireNonNull(browser).open(address(), look, PICTURES);
        tab.visit(path);
        return tab;
    }
}
