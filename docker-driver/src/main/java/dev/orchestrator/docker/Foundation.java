package dev.orchestrator.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.SystemTime;
import dev.orchestrator.docker.DockerDriverBuilder.Settings;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverState;
import org.jspecify.annotations.Nullable;

/**
 * What a started driver stands on: the engine it has found and the network it has made there.
 *
 * @param timers the real time, for the deadlines of calls
 * @param engine the engine
 * @param info what it says of its machine
 * @param identity who the driver is
 * @param removal how containers are removed
 * @param messages the termination messages
 * @param network the network of its pods
 */
record Foundation(
        SystemTime timers,
        Engine engine,
        JsonNode info,
        Identity identity,
        Removal removal,
        TerminationMessages messages,
        PodNetwork network) {

    private static final int ID_BYTES = 6;

    /** Finds the engine, removes what the dead have left there, and makes the network. */
    static Foundation lay(Settings settings, DriverContext context) throws InterruptedException {
        var timers = new SystemTime();
        boolean isLaid = false;
        try {
            Engine engine = new EngineFinder(timers, settings.callTimeout()).first(settings.candidates());
            Foundation foundation = lay(settings, context, timers, engine);
            isLaid = true;
            return foundation;
        } finally {
            if (!isLaid) {
                timers.close();
            }
        }
    }

    private static Foundation lay(Settings settings, DriverContext context, SystemTime timers, Engine engine)
            throws InterruptedException {
        var random = new SecureRandom();
        Optional<DriverState> state = context.state();
        String instance = state.map(DriverState::id).orElseGet(() -> newId(random));
        var removal = new Removal(engine);
        boolean isLaid = false;
        @Nullable TerminationMessages messages = null;
        try {
            var identity = new Identity(
                    instance,
                    context.owner(),
                    Owner.ofThisProcess(),
                    settings.nodeName(),
                    state.map(kept -> Keep.of(kept, instance)));
            JsonNode info = engine.get("asking the engine for its machine", "/info");
            messages = TerminationMessages.shared(isLocal(engine, info), identity.owner(), state);
            new Sweep(engine, removal).run();
            String name = "orchestrator-" + instance;
            Optional<PodNetwork> left = state.isPresent() ? PodNetwork.find(engine, name) : Optional.empty();
            PodNetwork network =
                    left.isPresent() ? left.get() : PodNetwork.create(engine, name, identity.labels(), random);
            isLaid = true;
            return new Foundation(timers, engine, info, identity, removal, messages, network);
        } finally {
            if (!isLaid) {
                // What belongs to a state may be in use.
                if (messages != null && state.isEmpty()) {
                    messages.close();
                }
                engine.close();
            }
        }
    }

    private static String newId(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** {@return whether the engine runs on this very machine, and so sees the same files and processes} */
    private static boolean isLocal(Engine engine, JsonNode info) {
        return engine.address().socket() != null && isLinux() && isSameMachine(info);
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }

    // A socket may lead into a virtual machine (Docker Desktop) or out of a container: there the kernel or the folder
    // of the engine's files are not those seen from here.
    private static boolean isSameMachine(JsonNode info) {
        return info.path("KernelVersion").asText().equals(System.getProperty("os.version"))
                && Files.isDirectory(Path.of(info.path("DockerRootDir").asText("/nowhere")));
    }
}
