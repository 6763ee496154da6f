package dev.orchestrator.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.OrchestratorBuilder;
import dev.orchestrator.docker.DockerDriver;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.server.ApiServer;
import dev.orchestrator.server.ApiServerOptions;
import dev.orchestrator.server.ApiServerOptions.Authentication;
import dev.orchestrator.server.ApiServerOptions.Authorization;
import dev.orchestrator.spi.ContainerDriver;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves the Kubernetes API until the process is asked to stop. */
@Command(
        name = "serve",
        description = "Serves the Kubernetes API until it is stopped by Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Example:",
            "  orchestrator serve --nodes 3 &",
            "  KUBECONFIG=orchestrator.kubeconfig kubectl get nodes"
        })
final class Serve implements Callable<Integer> {

    private static final int MOST_NODES = 5_000;
    private static final long CLOSING_SECONDS = 60;

    /** Whose the objects in a data directory are. */
    private static final String STATE = "standalone";

    /** What runs the containers; named as on the command line. */
    enum Driver {
        IN_MEMORY("in-memory"),
        DOCKER("docker");

        private final String text;

        Driver(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            defaultValue = "in-memory",
            converter = DriverNames.class,
            description = "What runs the containers: in-memory (simulated) or docker (default: ${DEFAULT-VALUE}).")
    private Driver driver = Driver.IN_MEMORY;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many nodes there are; Docker has one (default: ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Clients need the token of the kubeconfig"
                    + " everywhere (default: ${DEFAULT-VALUE}).")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--authorization",
            paramLabel = "MODE",
            defaultValue = "rbac",
            converter = AuthorizationNames.class,
            description = "What users may do: what their roles allow (rbac) or everything (always-allow); the user of"
                    + " the kubeconfig may do everything in any case (default: ${DEFAULT-VALUE}).")
    private Authorization authorization = Authorization.RBAC;

    @Option(
            names = "--no-authentication",
            description = "Takes clients that show neither token nor certificate for administrators; on loopback only.")
    private boolean open;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            defaultValue = "orchestrator.kubeconfig",
            description = "Where to write the kubeconfig; removed at the end (default: ${DEFAULT-VALUE}).")
    private Path kubeconfig = Path.of("orchestrator.kubeconfig");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where to keep all objects, however the process ends, for the next one to go on with; made if"
                    + " it is missing (default: nothing is kept).")
    private @Nullable Path dataDirectory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ContainerDriver containers = driver();
        var options = options();
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        // The JVM ends when its hooks have ended: this one waits for the rest of this method.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.countDown();
            await(stopped);
        }));
        try (var cluster = start(containers);
                var api = ApiServer.start(cluster, options);
                var file = KubeconfigFile.write(kubeconfig, api.kubeconfig())) {
            var out = spec.commandLine().getOut();
            out.println("Kubernetes API at " + api.uri() + ", kubeconfig: " + file.path());
            out.flush();
            stop.await();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private Orchestrator start(ContainerDriver containers) throws InterruptedException {
        OrchestratorBuilder builder = Orchestrator.builder(containers);
        Path directory = dataDirectory;
        return directory == null
                ? builder.start()
                : builder.name(STATE).stateDirectory(directory).start();
    }

    private ContainerDriver driver() {
        return switch (driver) {
            case IN_MEMORY -> {
                if (nodes < 1 || nodes > MOST_NODES) {
                    throw refused("--nodes: " + nodes + " is not between 1 and " + MOST_NODES);
                }
                yield InMemoryDriver.builder().nodes(nodes).build();
            }
            case DOCKER -> {
                if (nodes != 1) {
                    throw refused("--nodes: the docker driver has one node, not " + nodes);
                }
                yield new DockerDriver();
            }
        };
    }

    private ApiServerOptions options() {
        ApiServerOptions options;
        try {
            options = new ApiServerOptions(address, port).with(authorization);
        } catch (IllegalArgumentException outOfRange) {
            throw refused("--port: " + outOfRange.getMessage());
        }
        try {
            return open ? options.with(Authentication.NONE) : options;
        } catch (IllegalArgumentException reachable) {
            throw refused("--no-authentication: " + reachable.getMessage());
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("orchestrator: not everything could be stopped in " + CLOSING_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
