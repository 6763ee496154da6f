package dev.orchestrator.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceRequirements;

/**
 * A container of an {@link InMemoryDriver}, for making it fail. Each call is about the newest container of that name in
 * the pod, and throws {@link IllegalStateException} if there is none.
 */
public final class SimulatedContainer {

    private final Cluster cluster;
    private final String pod;
    private final String name;

    SimulatedContainer(Cluster cluster, String pod, String name) {
        this.cluster = cluster;
        this.pod = pod;
        this.name = name;
    }

    /** Ends its process with an exit code, as if it had done so itself. */
    public void exit(int code) {
        newest().end(code, false);
    }

    /** Kills its process: exit code 137. */
    public void kill() {
        newest().kill();
    }

    /** Sends its process a signal, such as {@code SIGTERM} or {@code SIGHUP}. */
    public void signal(String signal) {
        newest().signal(Signals.named(signal));
    }

    /** Kills its process for using too much memory. */
    public void outOfMemory() {
        newest().end(Signals.KILLED, true);
    }

    /** Lets its connections and commands stand still and holds back signals; only a kill gets through. */
    public void pause() {
        newest().pause();
    }

    /** Ends a pause. */
    public void resume() {
        newest().resume();
    }

    /** Lets all that it receives arrive later, on the orchestrator's time; zero ends that. */
    public void slow(Duration latency) {
        newest().gate().latency(latency);
    }

    /**
     * Sets what it says to use: until then no processor and 1Mi, as an idle process.
     *
     * @param cpu processors, such as {@code "250m"}
     * @param memory bytes, such as {@code "64Mi"}
     */
    public void uses(String cpu, String memory) {
        newest().usage().set(Quantity.parse(cpu).milli(), Quantity.parse(memory).ceiling());
    }

    /** {@return the CPU and memory that it has now, which a resize of its pod may have changed} */
    public ResourceRequirements resources() {
        return newest().given();
    }

    /** {@return whether it runs} */
    public boolean isRunning() {
        return newest().isRunning();
    }

    /** {@return where a file of it is on this machine, as {@link ContainerContext#path} says} */
    public Path path(String path) {
        return new ProcessContext(newest(), null).path(path);
    }

    private Container newest() {
        int slash = pod.indexOf('/');
        String namespace = slash < 0 ? "" : pod.substring(0, slash);
        String podName = pod.substring(slash + 1);
        return cluster.sandboxes().values().stream()
                .filter(sandbox -> sandbox.spec().podName().equals(podName))
                .filter(sandbox ->
                        namespace.isEmpty() || sandbox.spec().namespace().equals(namespace))
                .max(Comparator.comparing(sandbox -> sandbox.state().createdAt()))
                .flatMap(sandbox -> sandbox.newest(name))
                .orElseThrow(() -> new IllegalStateException("pod " + pod + ": has no container " + name));
    }
}
