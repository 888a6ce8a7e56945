package io.github.embeddedcommerce.examples.console;

import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Whatever goes wrong becomes one line on stderr, never a stack trace: exit status 2 if the user can mend it, 1 if not.
 */
final class Complaint implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return complain(command, reason(wrong) + suggestion(wrong) + " (see '" + name + " --help')", ExitCode.USAGE);
    }

    @Override
    public int handleExecutionException(Exception wrong, CommandLine command, ParseResult parsed) {
        int status = wrong instanceof BadInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
        return complain(command, reason(wrong), status);
    }

    /** What went wrong in one line, with the words of the database, or of the innermost cause, where they add some. */
    static String reason(Throwable wrong) {
        Throwable deepest = wrong;
        Throwable database = null;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
            database = deepest instanceof SQLException ? deepest : database;
        }
        String outer = line(wrong);
        String inner = line(database == null ? deepest : database);
        return outer.contains(inner) ? outer : outer + ": " + inner;
    }

    private static String line(Throwable wrong) {
        String message = wrong.getMessage();
        return message == null
                ? wrong.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }

    private static String suggestion(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> similar = unmatched.getSuggestions();
        return similar.isEmpty() ? "" : ", did you mean " + similar.get(0) + "?";
    }

    private static int complain(CommandLine command, String what, int status) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + what);
        command.getErr().flush();
        return status;
    }
}
