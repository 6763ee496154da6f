package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One source of a projected volume. */
@Model
public record VolumeProjection(
        @Nullable ClusterTrustBundleProjection clusterTrustBundle,
        @Nullable ConfigMapProjection configMap,
        @Nullable DownwardAPIProjection downwardAPI,
        @Nullable PodCertificateProjection podCertificate,
        @Nullable SecretProjection secret,
        @Nullable ServiceAccountTokenProjection serviceAccountToken) {}
