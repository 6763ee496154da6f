package dev.orchestrator.spi;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * What a container is made from; everything is already resolved: variables expanded, references read, volumes prepared.
 *
 * @param name the container's name, unique in its pod
 * @param attempt how many containers of this name the sandbox's pod had before
 * @param image the image to run, as the pod names it
 * @param command replaces the image's entry point; empty keeps it
 * @param args replaces the image's arguments; empty keeps them unless {@code command} is given
 * @param workingDir where the process starts; null for the image's choice
 * @param env environment variables, in addition to the image's
 * @param mounts what to mount
 * @param resources requests and limits
 * @param security user, capabilities and so on; null for the image's choice
 * @param terminal whether the process gets a terminal
 * @param stdin whether standard input stays open
 * @param stdinOnce whether standard input closes after the first client
 * @param terminationMessagePath the file whose content becomes the termination message
 * @param stopSignal the signal that asks the process to end; null for the image's choice
 */
public record ContainerSpec(
        String name,
        int attempt,
        String image,
        List<String> command,
        List<String> args,
        @Nullable String workingDir,
        Map<String, String> env,
        List<MountSpec> mounts,
        ResourceRequirements resources,
        @Nullable SecurityContext security,
        boolean terminal,
        boolean stdin,
        boolean stdinOnce,
        String terminationMessagePath,
        @Nullable String stopSignal) {

    /**
     * A directory or file of the host that appears inside a container.
     *
     * @param hostPath where it is
     * @param containerPath where it appears
     * @param readOnly whether it can not be written
     */
    public record MountSpec(java.nio.file.Path hostPath, String containerPath, boolean readOnly) {}

    /** Copies the collections. */
    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Map.copyOf(env);
        mounts = List.copyOf(mounts);
    }
}
