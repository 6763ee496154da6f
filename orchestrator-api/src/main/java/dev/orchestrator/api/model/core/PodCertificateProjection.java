package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A certificate made for the pod, as a file. */
@Model
public record PodCertificateProjection(
        @Nullable String certificateChainPath,
        @Nullable String credentialBundlePath,
        @Nullable String keyPath,
        @Required String keyType,
        @Nullable Integer maxExpirationSeconds,
        @Required String signerName,
        Map<String, String> userAnnotations) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodCertificateProjection {
        keyType = Immutables.text(keyType);
        signerName = Immutables.text(signerName);
        userAnnotations = Immutables.map(userAnnotations);
    }
}
