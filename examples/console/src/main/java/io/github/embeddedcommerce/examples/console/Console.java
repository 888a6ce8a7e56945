package io.github.embeddedcommerce.examples.console;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The shop on a command line: {@link Demo} tells a purchase, {@link Replay} makes thousands of them at once,
 * {@link ImportProducts} and {@link ExportShop} read and write files.
 */
@Command(
        name = "console",
        description = "A shop's backend inside one Java process. Begin with: java -jar console.jar demo",
        subcommands = {Demo.class, Replay.class, ImportProducts.class, ExportShop.class, HelpCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Console.Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true)
public final class Console implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    /** Runs one command; its exit status is 0 if all is well, 1 if the shop failed a check, 2 for bad input. */
    public static void main(String[] args) {
        // Java 22 to 24 would otherwise take a pipe for a terminal.
        System.setProperty("jdk.console", "java.base");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        Complaint complaint = new Complaint();
        return new CommandLine(new Console())
                .setParameterExceptionHandler(complaint)
                .setExecutionExceptionHandler(complaint);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Which version this is, from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Console.class.getPackage().getImplementationVersion();
            return new String[] {"Embedded Commerce console " + (version == null ? "(not packaged)" : version)};
        }
    }
}
