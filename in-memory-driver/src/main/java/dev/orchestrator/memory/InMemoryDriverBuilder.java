package dev.orchestrator.memory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.orchestrator.spi.DriverException.Reason;

/** Collects what an {@link InMemoryDriver} is to have; see there. */
public final class InMemoryDriverBuilder {

    private final Map<String, NodeOptions> nodes = new LinkedHashMap<>();
    private final Images images = new Images();

    InMemoryDriverBuilder() {}

    /** Adds nodes {@code node-1} up to {@code node-<count>} of the usual size. */
    public InMemoryDriverBuilder nodes(int count) {
        return nodes(count, options -> {});
    }

    /** Adds nodes {@code node-1} up to {@code node-<count>}, all of the same size. */
    public InMemoryDriverBuilder nodes(int count, Consumer<NodeOptions> options) {
        for (int number = 1; number <= count; number++) {
            node("node-" + number, options);
        }
        return this;
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public InMemoryDriverBuilder node(String name, Consumer<NodeOptions> options) {
        var chosen = new NodeOptions();
        options.accept(chosen);
        if (nodes.putIfAbsent(name, chosen) != null) {
            throw new IllegalArgumentException("node " + name + ": exists already");
        }
        return this;
    }

    /** Says what runs behind an image, as {@link InMemoryDriver#image} does. */
    public InMemoryDriverBuilder image(String reference, ContainerProgram program) {
        images.put(reference, program);
        return this;
    }

    /** Says that an image does not exist, as {@link InMemoryDriver#missingImage} does. */
    public InMemoryDriverBuilder missingImage(String reference) {
        images.putMissing(reference);
        return this;
    }

    /** Says that an image can not be pulled, as {@link InMemoryDriver#pullError} does. */
    public InMemoryDriverBuilder pullError(String reference, Reason reason, String message) {
        images.put(reference, new Image.Behaviour.Unavailable(reason, message));
        return this;
    }

    /** Lets the pull of an image take a while, on the orchestrator's time. */
    public InMemoryDriverBuilder pullDelay(Duration delay) {
        images.pullDelay(delay);
        return this;
    }

    /** Says what runs behind the images that nobody has named. */
    public InMemoryDriverBuilder unknownImages(ContainerProgram program) {
        images.unknown(Images.behaviour(program));
        return this;
    }

    /** Says that the images that nobody has named do not exist. */
    public InMemoryDriverBuilder onlyNamedImages() {
        images.unknownIsMissing();
        return this;
    }

    /** {@return the driver; it has one node, {@code node-1}, if none was added} */
    public InMemoryDriver build() {
        if (nodes.isEmpty()) {
            nodes(1);
        }
        return new InMemoryDriver(nodes, images);
    }
}
