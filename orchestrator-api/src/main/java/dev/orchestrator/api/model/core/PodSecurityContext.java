package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Users, groups and privileges of all containers of a pod. */
@Model
public record PodSecurityContext(
        @Nullable AppArmorProfile appArmorProfile,
        @Nullable Long fsGroup,
        @Nullable String fsGroupChangePolicy,
        @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Nullable Long runAsUser,
        @Nullable String seLinuxChangePolicy,
        @Nullable SELinuxOptions seLinuxOptions,
        @Nullable SeccompProfile seccompProfile,
        List<Long> supplementalGroups,
        @Nullable String supplementalGroupsPolicy,
        List<Sysctl> sysctls,
        @Nullable WindowsSecurityContextOptions windowsOptions) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodSecurityContext {
        supplementalGroups = Immutables.list(supplementalGroups);
        sysctls = Immutables.list(sysctls);
    }
}
