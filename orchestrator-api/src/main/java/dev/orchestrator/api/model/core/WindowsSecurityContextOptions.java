package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Identity of a container on Windows. */
@Model
public record WindowsSecurityContextOptions(
        @Nullable String gmsaCredentialSpec,
        @Nullable String gmsaCredentialSpecName,
        @Nullable Boolean hostProcess,
        @Nullable String runAsUserName) {}
