package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.CSIVolumeSource;
import dev.orchestrator.api.model.core.ConfigMapVolumeSource;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.ImageVolumeSource;
import dev.orchestrator.api.model.core.KeyToPath;
import dev.orchestrator.api.model.core.SecretVolumeSource;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of volumes: a unique name and exactly one source, which has rules of its own. */
final class VolumeValidation {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final int DRIVER_NAME_LENGTH = 63;

    private final FieldErrors errors;
    private int sources;

    VolumeValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** {@return the valid volumes by name: what containers may mount} */
    Map<String, Volume> validate(List<Volume> volumes, FieldPath path) {
        Map<String, Volume> valid = new HashMap<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            int before = errors.count();
            FieldPath each = path.index(i);
            source(volume, each);
            FieldPath name = each.child("name");
            if (volume.name().isEmpty()) {
                errors.required(name);
            } else {
                errors.invalid(name, volume.name(), Names.dnsLabel(volume.name()));
            }
            if (valid.containsKey(volume.name())) {
                errors.duplicate(name, volume.name());
            }
            if (errors.count() == before) {
                valid.put(volume.name(), volume);
            }
        }
        return valid;
    }

    private void source(Volume volume, FieldPath path) {
        sources = 0;
        emptyDir(volume.emptyDir(), path.child("emptyDir"));
        hostPath(volume.hostPath(), path.child("hostPath"));
        var remote = new RemoteVolumeValidation(errors);
        remote.beforeSecrets(volume, path, this::isFirst);
        secret(volume.secret(), path.child("secret"));
        remote.beforeConfigMaps(volume, path, this::isFirst);
        configMap(volume.configMap(), path.child("configMap"));
        remote.afterConfigMaps(volume, path, this::isFirst);
        if (isFirst(volume.projected(), path.child("projected")) && volume.projected() != null) {
            new ProjectionValidation(errors).projected(volume.projected(), path.child("projected"));
        }
        remote.last(volume, path, this::isFirst);
        csi(volume.csi(), path.child("csi"));
        ephemeral(volume, path.child("ephemeral"));
        image(volume.image(), path.child("image"));
        if (sources == 0) {
            errors.required(path, "must specify a volume type");
        }
    }

    /** {@return whether this source is set and the first one; a second one is an error} */
    private boolean isFirst(@Nullable Object source, FieldPath path) {
        if (source == null) {
            return false;
        }
        if (sources > 0) {
            errors.forbidden(path, "may not specify more than 1 volume type");
            return false;
        }
        sources++;
        return true;
    }

    private void emptyDir(@Nullable EmptyDirVolumeSource source, FieldPath path) {
        if (source == null) {
            return;
        }
        sources++;
        if (source.sizeLimit() != null && source.sizeLimit().signum() < 0) {
            errors.forbidden(path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private void hostPath(@Nullable HostPathVolumeSource source, FieldPath path) {
        if (isFirst(source, path) && source != null) {
            PathRules.hostPath(source, path, errors);
        }
    }

    private void secret(@Nullable SecretVolumeSource source, FieldPath path) {
        if (isFirst(source, path) && source != null) {
            errors.requireText(path.child("secretName"), source.secretName());
            PathRules.mode(source.defaultMode(), path.child("defaultMode"), errors);
            keys(source.items(), path.child("items"), errors);
        }
    }

    private void configMap(@Nullable ConfigMapVolumeSource source, FieldPath path) {
        if (isFirst(source, path) && source != null) {
            errors.requireText(path.child("name"), source.name());
            PathRules.mode(source.defaultMode(), path.child("defaultMode"), errors);
            keys(source.items(), path.child("items"), errors);
        }
    }

    static void keys(List<KeyToPath> items, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < items.size(); i++) {
            key(items.get(i), path.index(i), errors);
        }
    }

    static void key(KeyToPath item, FieldPath path, FieldErrors errors) {
        errors.requireText(path.child("key"), item.key());
        errors.requireText(path.child("path"), item.path());
        PathRules.notReserved(item.path(), path.child("path"), errors);
        PathRules.mode(item.mode(), path.child("mode"), errors);
    }

    private void csi(@Nullable CSIVolumeSource source, FieldPath path) {
        if (!isFirst(source, path) || source == null) {
            return;
        }
        driverName(source.driver(), path.child("driver"), errors);
        if (source.nodePublishSecretRef() != null) {
            String name = Zero.text(source.nodePublishSecretRef().name());
            if (name.isEmpty()) {
                errors.required(path.child("nodePublishSecretRef", "name"));
            } else {
                errors.invalid(path.child("name"), name, Names.dnsSubdomain(name));
            }
        }
    }

    static void driverName(String driver, FieldPath path, FieldErrors errors) {
        errors.requireText(path, driver);
        if (driver.length() > DRIVER_NAME_LENGTH) {
            errors.tooLong(path, DRIVER_NAME_LENGTH);
        }
        errors.invalid(path, driver, Names.dnsSubdomain(driver.toLowerCase(java.util.Locale.ROOT)));
    }

    private void ephemeral(Volume volume, FieldPath path) {
        var source = volume.ephemeral();
        if (!isFirst(source, path) || source == null) {
            return;
        }
        if (source.volumeClaimTemplate() == null) {
            errors.required(path.child("volumeClaimTemplate"));
        } else {
            ClaimTemplateValidation.validate(source.volumeClaimTemplate(), path.child("volumeClaimTemplate"), errors);
        }
    }

    private void image(@Nullable ImageVolumeSource source, FieldPath path) {
        if (isFirst(source, path) && source != null) {
            errors.requireText(path.child("reference"), source.reference());
            errors.oneOf(path.child("pullPolicy"), source.pullPolicy(), PULL_POLICIES);
        }
    }

    /** What depends on the name of the pod: the claims that are made for it. */
    static void claimsOf(String podName, List<Volume> volumes, FieldPath path, FieldErrors errors) {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            if (volume.ephemeral() != null && !volume.name().isEmpty()) {
                String claim = podName + "-" + volume.name();
                made.add(claim);
                for (String wrong : Names.dnsSubdomain(claim)) {
                    errors.invalid(path.index(i).child("name"), volume.name(), "PVC name \"" + claim + "\": " + wrong);
                }
            }
        }
        for (int i = 0; i < volumes.size() && !made.isEmpty(); i++) {
            var claim = volumes.get(i).persistentVolumeClaim();
            if (claim != null && made.contains(claim.claimName())) {
                errors.invalid(
                        path.index(i).child("persistentVolumeClaim", "claimName"),
                        claim.claimName(),
                        "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
    }
}
