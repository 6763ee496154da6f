package dev.orchestrator.standalone;

import java.util.Objects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code java -jar orchestrator.jar serve}. */
@Command(
        name = "orchestrator",
        description = "Kubernetes in one process, on containers in memory or of a Docker engine.",
        subcommands = Serve.class,
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    private Main() {}

    /** Runs a command and ends the JVM with its exit code: 0, 1 for a failure, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    // What went wrong is in the message; the stack says nothing to who typed the command.
                    command.getErr().println("orchestrator: " + failure.getMessage());
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: serve");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"orchestrator " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
