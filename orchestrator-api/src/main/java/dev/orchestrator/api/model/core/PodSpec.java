package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What a pod should be. */
@Model
public record PodSpec(
        @Nullable Long activeDeadlineSeconds,
        @Nullable Affinity affinity,
        @Nullable Boolean automountServiceAccountToken,
        @Required List<Container> containers,
        @Nullable PodDNSConfig dnsConfig,
        @Nullable String dnsPolicy,
        @Nullable Boolean enableServiceLinks,
        List<EphemeralContainer> ephemeralContainers,
        List<HostAlias> hostAliases,
        boolean hostIPC,
        boolean hostNetwork,
        boolean hostPID,
        @Nullable Boolean hostUsers,
        @Nullable String hostname,
        @Nullable String hostnameOverride,
        List<LocalObjectReference> imagePullSecrets,
        List<Container> initContainers,
        @Nullable String nodeName,
        Map<String, String> nodeSelector,
        @Nullable PodOS os,
        Map<String, Quantity> overhead,
        @Nullable String preemptionPolicy,
        @Nullable Integer priority,
        @Nullable String priorityClassName,
        List<PodReadinessGate> readinessGates,
        List<PodResourceClaim> resourceClaims,
        @Nullable ResourceRequirements resources,
        @Nullable String restartPolicy,
        @Nullable String runtimeClassName,
        @Nullable String schedulerName,
        List<PodSchedulingGate> schedulingGates,
        @Nullable PodSchedulingGroup schedulingGroup,
        @Nullable PodSecurityContext securityContext,
        @Nullable String serviceAccount,
        @Nullable String serviceAccountName,
        @Nullable Boolean setHostnameAsFQDN,
        @Nullable Boolean shareProcessNamespace,
        @Nullable String subdomain,
        @Nullable Long terminationGracePeriodSeconds,
        List<Toleration> tolerations,
        List<TopologySpreadConstraint> topologySpreadConstraints,
        List<Volume> volumes) {

    /** With nothing set. */
    public static final PodSpec EMPTY = PodSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodSpec {
        containers = Immutables.list(containers);
        ephemeralContainers = Immutables.list(ephemeralContainers);
        hostAliases = Immutables.list(hostAliases);
        imagePullSecrets = Immutables.list(imagePullSecrets);
        initContainers = Immutables.list(initContainers);
        nodeSelector = Immutables.map(nodeSelector);
        overhead = Immutables.map(overhead);
        readinessGates = Immutables.list(readinessGates);
        resourceClaims = Immutables.list(resourceClaims);
        schedulingGates = Immutables.list(schedulingGates);
        tolerations = Immutables.list(tolerations);
        topologySpreadConstraints = Immutables.list(topologySpreadConstraints);
        volumes = Immutables.list(volumes);
    }
}
