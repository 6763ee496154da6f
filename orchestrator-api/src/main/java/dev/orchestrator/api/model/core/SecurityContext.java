package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** User, groups and privileges of one container. */
@Model
public record SecurityContext(
        @Nullable Boolean allowPrivilegeEscalation,
        @Nullable AppArmorProfile appArmorProfile,
        @Nullable Capabilities capabilities,
        @Nullable Boolean privileged,
        @Nullable String procMount,
        @Nullable Boolean readOnlyRootFilesystem,
        @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Nullable Long runAsUser,
        @Nullable SELinuxOptions seLinuxOptions,
        @Nullable SeccompProfile seccompProfile,
        @Nullable WindowsSecurityContextOptions windowsOptions) {}
