package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ClusterTrustBundleProjection;
import dev.orchestrator.api.model.core.DownwardAPIVolumeFile;
import dev.orchestrator.api.model.core.DownwardAPIVolumeSource;
import dev.orchestrator.api.model.core.KeyToPath;
import dev.orchestrator.api.model.core.PodCertificateProjection;
import dev.orchestrator.api.model.core.ProjectedVolumeSource;
import dev.orchestrator.api.model.core.ServiceAccountTokenProjection;
import dev.orchestrator.api.model.core.VolumeProjection;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import org.jspecify.annotations.Nullable;

/** The rules of volumes that hold files made from other objects. */
final class ProjectionValidation {

    private static final List<String> FIELDS =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");
    private static final String CONFLICT = "conflicting duplicate paths";
    private static final long SHORTEST_TOKEN = 600;
    private static final long LONGEST_TOKEN = 1L << 32;

    private final FieldErrors errors;
    private final Set<String> paths = new HashSet<>();

    ProjectionValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void downward(DownwardAPIVolumeSource source, FieldPath path) {
        PathRules.mode(source.defaultMode(), path.child("defaultMode"), errors);
        // The files lack their index: so do Kubernetes' messages.
        source.items().forEach(file -> file(file, path));
    }

    private void file(DownwardAPIVolumeFile file, FieldPath path) {
        errors.requireText(path.child("path"), file.path());
        PathRules.notReserved(file.path(), path.child("path"), errors);
        if (file.fieldRef() != null) {
            new EnvValidation(errors).field(file.fieldRef(), FIELDS, path.child("fieldRef"));
            if (file.resourceFieldRef() != null) {
                errors.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (file.resourceFieldRef() == null) {
            errors.required(path, "one of fieldRef and resourceFieldRef is required");
        } else if (Zero.isEmpty(file.resourceFieldRef().containerName())) {
            errors.required(path.child("resourceFieldRef", "containerName"));
        } else {
            new EnvValidation(errors).resource(file.resourceFieldRef(), path.child("resourceFieldRef"));
        }
        PathRules.mode(file.mode(), path.child("mode"), errors);
    }

    void projected(ProjectedVolumeSource source, FieldPath path) {
        PathRules.mode(source.defaultMode(), path.child("defaultMode"), errors);
        for (int i = 0; i < source.sources().size(); i++) {
            projection(source.sources().get(i), path, path.child("sources").index(i));
        }
    }

    private void projection(VolumeProjection projection, FieldPath volume, FieldPath path) {
        var secret = projection.secret();
        if (secret != null) {
            errors.requireText(path.child("secret", "name"), secret.name());
            keys(secret.items(), secret.name(), volume, path.child("secret", "items"));
        }
        var configMap = projection.configMap();
        if (configMap != null) {
            errors.requireText(path.child("configMap", "name"), configMap.name());
            keys(configMap.items(), configMap.name(), volume, path.child("configMap", "items"));
        }
        if (projection.downwardAPI() != null) {
            for (DownwardAPIVolumeFile file : projection.downwardAPI().items()) {
                file(file, path.child("downwardAPI"));
                unique(file.path(), file.path(), volume);
            }
        }
        if (projection.serviceAccountToken() != null) {
            token(projection.serviceAccountToken(), volume, path.child("serviceAccountToken"));
        }
        if (projection.clusterTrustBundle() != null) {
            trustBundle(projection.clusterTrustBundle(), volume, path.child("clusterTrustBundle"));
        }
        if (projection.podCertificate() != null) {
            certificate(projection.podCertificate(), volume, path.child("podCertificate"));
        }
        long sources = Stream.of(
                        secret,
                        configMap,
                        projection.downwardAPI(),
                        projection.serviceAccountToken(),
                        projection.clusterTrustBundle(),
                        projection.podCertificate())
                .filter(Objects::nonNull)
                .count();
        if (sources > 1) {
            errors.forbidden(path, "may not specify more than 1 volume type per source");
        }
    }

    private void keys(List<KeyToPath> items, @Nullable String of, FieldPath volume, FieldPath path) {
        for (int i = 0; i < items.size(); i++) {
            VolumeValidation.key(items.get(i), path.index(i), errors);
            unique(items.get(i).path(), Zero.text(of), volume);
        }
    }

    private void unique(String file, String shown, FieldPath volume) {
        if (!file.isEmpty() && !paths.add(file)) {
            errors.invalid(volume, shown, CONFLICT);
        }
    }

    private void token(ServiceAccountTokenProjection token, FieldPath volume, FieldPath path) {
        long seconds = Zero.number(token.expirationSeconds());
        FieldPath expiration = path.child("expirationSeconds");
        if (seconds < SHORTEST_TOKEN) {
            errors.invalid(expiration, seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST_TOKEN) {
            errors.invalid(expiration, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        if (token.path().isEmpty()) {
            errors.required(volume.child("path"));
        } else {
            PathRules.notReserved(token.path(), volume.child("path"), errors);
        }
    }

    private void trustBundle(ClusterTrustBundleProjection bundle, FieldPath volume, FieldPath path) {
        if (bundle.name() != null && bundle.signerName() != null) {
            errors.invalid(path, bundle, "only one of name and signerName may be used");
        } else if (bundle.name() != null) {
            if (bundle.name().isEmpty()) {
                errors.required(path.child("name"), "must be a valid object name");
            }
            if (bundle.labelSelector() != null) {
                errors.invalid(
                        path.child("labelSelector"),
                        bundle.labelSelector(),
                        "labelSelector must be unset if name is specified");
            }
        } else if (bundle.signerName() != null) {
            if (bundle.signerName().isEmpty()) {
                errors.required(path.child("signerName"), "must be a valid signer name");
            }
            LabelSelectorRules.validate(bundle.labelSelector(), path.child("labelSelector"), errors);
        } else {
            errors.required(path, "either name or signerName must be specified");
        }
        errors.requireText(path.child("path"), bundle.path());
        PathRules.notReserved(bundle.path(), path.child("path"), errors);
        unique(bundle.path(), bundle.path(), volume);
    }

    private void certificate(PodCertificateProjection certificate, FieldPath volume, FieldPath path) {
        errors.requireText(path.child("signerName"), certificate.signerName());
        errors.supported(
                path.child("keyType"),
                certificate.keyType(),
                List.of("ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519", "RSA3072", "RSA4096"));
        String bundle = Zero.text(certificate.credentialBundlePath());
        String key = Zero.text(certificate.keyPath());
        String chain = Zero.text(certificate.certificateChainPath());
        if (bundle.isEmpty() && key.isEmpty() && chain.isEmpty()) {
            errors.required(path, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
        }
        file(bundle, volume, path.child("credentialBundlePath"));
        file(key, volume, path.child("keyPath"));
        file(chain, volume, path.child("certificateChainPath"));
    }

    private void file(String file, FieldPath volume, FieldPath path) {
        if (!file.isEmpty()) {
            PathRules.notReserved(file, path, errors);
            unique(file, file, volume);
        }
    }
}
