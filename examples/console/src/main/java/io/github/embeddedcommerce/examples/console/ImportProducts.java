package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers the products of a CSV file. */
@Command(
        name = "import",
        description = {
            "Register the products of a CSV file, many at once.",
            "",
            "The file is UTF-8 text. Its first line is",
            "name,description,category,price,on_sale,sku,attributes,stock",
            "A row is a product with an option; a row in which the first five cells are empty is a further option of the"
                    + " product above.",
            "Attributes look like color=blue;size=L, with a backslash before a ; = or \\ that belongs to them."
                    + " 'export products.csv' writes such a file.",
            "",
            "The whole file is checked first: if a line is wrong, it is named and nothing is imported. Then a product"
                    + " whose sku the shop has already is named and left out, and the others are imported.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 if all products are imported, 1 if the database fails or you stop it, 2 if something in the"
                    + " file is wrong or taken."
        })
final class ImportProducts implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Mixin
    private ShopLogin login = new ShopLogin();

    @Parameters(paramLabel = "FILE", description = "The file of products, such as products.csv.")
    private Path file = Path.of("");

    @Option(
            names = "--dry-run",
            description =
                    "Check the file, and each product against the shop, and undo it: keep no product. A shop that is"
                            + " not there yet gets its tables.")
    private boolean dry;

    @Override
    public Integer call() {
        ProductFile products = new ProductFile(file, CommerceSettings.defaults().currency());
        products.read(new Nobody());
        Screen screen = Screen.of(spec.commandLine());
        try (Stop stop = Stop.onShutdown();
                CommerceFacade shop = login.open()) {
            ProductImport run =
                    new ProductImport(shop, screen, spec.commandLine().getErr(), stop);
            boolean complete = run.run(products, dry);
            return complete ? ExitCode.OK : stop.requested() ? ExitCode.SOFTWARE : ExitCode.USAGE;
        }
    }

    /** Finds out whether there is such a file at all, before a database is opened, or made, for it. */
    private static final class Nobody implements ProductFile.Listener {
        @Override
        public boolean product(ProductFile.Entry entry) {
            return false;
        }

        @Override
        public boolean wrong(long line, String reason) {
            return false;
        }
    }
}
