package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Versions and identities of a node. */
@Model
public record NodeSystemInfo(
        @Required String architecture,
        @Required String bootID,
        @Required String containerRuntimeVersion,
        @Required String kernelVersion,
        @Required String kubeProxyVersion,
        @Required String kubeletVersion,
        @Required String machineID,
        @Required String operatingSystem,
        @Required String osImage,
        @Nullable NodeSwapStatus swap,
        @Required String systemUUID) {

    /** With nothing set. */
    public static final NodeSystemInfo EMPTY = NodeSystemInfoBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeSystemInfo {
        architecture = Immutables.text(architecture);
        bootID = Immutables.text(bootID);
        containerRuntimeVersion = Immutables.text(containerRuntimeVersion);
        kernelVersion = Immutables.text(kernelVersion);
        kubeProxyVersion = Immutables.text(kubeProxyVersion);
        kubeletVersion = Immutables.text(kubeletVersion);
        machineID = Immutables.text(machineID);
        operatingSystem = Immutables.text(operatingSystem);
        osImage = Immutables.text(osImage);
        systemUUID = Immutables.text(systemUUID);
    }
}
