package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeDevice;
import dev.orchestrator.api.model.core.VolumeMount;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules of where a container sees the volumes of its pod. */
final class MountValidation {

    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> READ_ONLY = List.of("Disabled", "Enabled", "IfPossible");

    private final Map<String, Volume> volumes;
    private final Container container;
    private final FieldErrors errors;

    MountValidation(Containing pod, Container container) {
        this.volumes = pod.volumes();
        this.container = container;
        this.errors = pod.errors();
    }

    void mounts(FieldPath path) {
        Map<String, String> devices = new HashMap<>();
        container.volumeDevices().forEach(device -> devices.put(device.name(), device.devicePath()));
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < container.volumeMounts().size(); i++) {
            VolumeMount mount = container.volumeMounts().get(i);
            FieldPath each = path.index(i);
            errors.requireText(each.child("name"), mount.name());
            if (!volumes.containsKey(mount.name())) {
                errors.notFound(each.child("name"), mount.name());
            }
            errors.requireText(each.child("mountPath"), mount.mountPath());
            if (!paths.add(mount.mountPath())) {
                errors.invalid(each.child("mountPath"), mount.mountPath(), "must be unique");
            }
            if (devices.containsKey(mount.name())) {
                errors.invalid(each.child("name"), mount.name(), "must not already exist in volumeDevices");
            }
            if (devices.containsValue(mount.mountPath())) {
                errors.invalid(
                        each.child("mountPath"),
                        mount.mountPath(),
                        "must not already exist as a path in volumeDevices");
            }
            // The remaining paths lack the index: so does Kubernetes.
            subPaths(mount, each, path);
            propagation(mount, path.child("mountPropagation"));
            recursiveReadOnly(mount, path.child("recursiveReadOnly"));
        }
    }

    private void subPaths(VolumeMount mount, FieldPath each, FieldPath path) {
        String subPath = Zero.text(mount.subPath());
        String expression = Zero.text(mount.subPathExpr());
        if (!subPath.isEmpty()) {
            PathRules.descending(subPath, path.child("subPath"), errors);
        }
        if (!expression.isEmpty()) {
            if (!subPath.isEmpty()) {
                errors.invalid(each.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
            }
            PathRules.descending(expression, path.child("subPathExpr"), errors);
        }
    }

    private void propagation(VolumeMount mount, FieldPath path) {
        String propagation = mount.mountPropagation();
        errors.supported(path, propagation, PROPAGATIONS);
        SecurityContext security = container.securityContext();
        boolean privileged = security != null && Zero.isTrue(security.privileged());
        if ("Bidirectional".equals(propagation) && !privileged) {
            errors.forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private void recursiveReadOnly(VolumeMount mount, FieldPath path) {
        String mode = mount.recursiveReadOnly();
        errors.supported(path, mode, READ_ONLY);
        if (!"Enabled".equals(mode) && !"IfPossible".equals(mode)) {
            return;
        }
        if (!mount.readOnly()) {
            errors.forbidden(path, "may only be specified when readOnly is true");
        }
        if (mount.mountPropagation() != null && !mount.mountPropagation().equals("None")) {
            errors.forbidden(path, "may only be specified when mountPropagation is None or not specified");
        }
    }

    void devices(FieldPath path) {
        Map<String, String> mounts = new HashMap<>();
        container.volumeMounts().forEach(mount -> mounts.put(mount.name(), mount.mountPath()));
        Set<String> paths = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < container.volumeDevices().size(); i++) {
            VolumeDevice device = container.volumeDevices().get(i);
            FieldPath each = path.index(i);
            deviceName(device, names, each.child("name"));
            devicePath(device, paths, each.child("devicePath"));
            if (mounts.containsKey(device.name())) {
                errors.invalid(each.child("name"), device.name(), "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(device.devicePath())) {
                errors.invalid(
                        each.child("devicePath"),
                        device.devicePath(),
                        "must not already exist as a path in volumeMounts");
            }
        }
    }

    private void deviceName(VolumeDevice device, Set<String> names, FieldPath path) {
        errors.requireText(path, device.name());
        if (!device.name().isEmpty() && !names.add(device.name())) {
            errors.invalid(path, device.name(), "must be unique");
        }
        Volume volume = volumes.get(device.name());
        if (volume == null) {
            errors.notFound(path, device.name());
        } else if (volume.persistentVolumeClaim() == null && volume.ephemeral() == null) {
            errors.invalid(
                    path,
                    device.name(),
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
    }

    private void devicePath(VolumeDevice device, Set<String> paths, FieldPath path) {
        errors.requireText(path, device.devicePath());
        if (paths.contains(device.devicePath())) {
            errors.invalid(path, device.devicePath(), "must be unique");
        }
        if (PathRules.climbs(device.devicePath())) {
            errors.invalid(path, device.devicePath(), "can not contain backsteps ('..')");
        } else {
            paths.add(device.devicePath());
        }
    }
}
