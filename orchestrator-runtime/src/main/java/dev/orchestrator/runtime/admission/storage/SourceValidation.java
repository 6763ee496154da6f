package dev.orchestrator.runtime.admission.storage;

import java.util.Locale;

import dev.orchestrator.api.model.core.CSIPersistentVolumeSource;
import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.LocalVolumeSource;
import dev.orchestrator.api.model.core.NFSVolumeSource;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.api.model.core.SecretReference;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.pod.PathRules;
import org.jspecify.annotations.Nullable;

/** The rules of a volume's source: exactly one, in the order Kubernetes looks at them. */
final class SourceValidation {

    private static final int DRIVER_NAME_LENGTH = 63;

    private final FieldErrors errors;
    private int sources;

    SourceValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void validate(PersistentVolume volume, FieldPath path) {
        PersistentVolumeSpec spec = volume.spec();
        var remote = new RemoteSourceValidation(errors, this::isFirst);
        hostPath(spec.hostPath(), path.child("hostPath"));
        remote.beforeNfs(spec, path);
        nfs(spec.nfs(), path.child("nfs"));
        remote.beforeLocal(spec, path);
        local(spec, path);
        isFirst(spec.storageos(), path.child("storageos"));
        csi(spec.csi(), path.child("csi"));
        if (sources == 0) {
            errors.required(path, "must specify a volume type");
        }
    }

    /** {@return whether this source is set and the first one; a second one is an error} */
    private boolean isFirst(@Nullable Object source, FieldPath path) {
        if (source == null) {
            return false;
        }
        sources++;
        if (sources > 1) {
            errors.forbidden(path, "may not specify more than 1 volume type");
        }
        return sources == 1;
    }

    private void hostPath(@Nullable HostPathVolumeSource source, FieldPath path) {
        if (isFirst(source, path) && source != null) {
            PathRules.hostPath(source, path, errors);
        }
    }

    private void nfs(@Nullable NFSVolumeSource source, FieldPath path) {
        if (!isFirst(source, path) || source == null) {
            return;
        }
        errors.requireText(path.child("server"), source.server());
        errors.requireText(path.child("path"), source.path());
        if (!source.path().startsWith("/")) {
            errors.invalid(path.child("path"), source.path(), "must be an absolute path");
        }
    }

    private void local(PersistentVolumeSpec spec, FieldPath path) {
        LocalVolumeSource source = spec.local();
        FieldPath local = path.child("local");
        if (!isFirst(source, local) || source == null) {
            return;
        }
        if (source.path().isEmpty()) {
            errors.required(local.child("path"));
        } else {
            PathRules.noBacksteps(source.path(), local.child("path"), errors);
        }
        if (spec.nodeAffinity() == null) {
            errors.required(path.child("nodeAffinity"), "Local volume requires node affinity");
        }
    }

    private void csi(@Nullable CSIPersistentVolumeSource source, FieldPath path) {
        if (!isFirst(source, path) || source == null) {
            return;
        }
        driver(source.driver(), path.child("driver"));
        errors.requireText(path.child("volumeHandle"), source.volumeHandle());
        secret(source.controllerPublishSecretRef(), path.child("controllerPublishSecretRef"));
        secret(source.controllerExpandSecretRef(), path.child("controllerExpandSecretRef"));
        secret(source.nodePublishSecretRef(), path.child("nodePublishSecretRef"));
        secret(source.nodeExpandSecretRef(), path.child("nodeExpandSecretRef"));
    }

    private void driver(String name, FieldPath path) {
        if (name.isEmpty()) {
            errors.required(path);
            return;
        }
        if (name.length() > DRIVER_NAME_LENGTH) {
            errors.tooLong(path, DRIVER_NAME_LENGTH);
        }
        errors.invalid(path, name, Names.dnsSubdomain(name.toLowerCase(Locale.ROOT)));
    }

    private void secret(@Nullable SecretReference secret, FieldPath path) {
        if (secret == null) {
            return;
        }
        String name = Zero.text(secret.name());
        if (name.isEmpty()) {
            errors.required(path.child("name"));
        } else {
            errors.invalid(path.child("name"), name, Names.dnsSubdomain(name));
        }
        String namespace = Zero.text(secret.namespace());
        if (namespace.isEmpty()) {
            errors.required(path.child("namespace"));
        } else {
            errors.invalid(path.child("namespace"), namespace, Names.dnsLabel(namespace));
        }
    }
}
