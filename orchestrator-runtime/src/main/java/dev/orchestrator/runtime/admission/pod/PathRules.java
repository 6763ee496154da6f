package dev.orchestrator.runtime.admission.pod;

import java.util.Arrays;
import java.util.List;

import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import org.jspecify.annotations.Nullable;

/** The rules of file paths and file modes. */
public final class PathRules {

    private static final int ALL_PERMISSIONS = 511; // 0777 in octal

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private PathRules() {}

    /** Checks a volume that is a path of its node. */
    public static void hostPath(HostPathVolumeSource source, FieldPath path, FieldErrors errors) {
        if (source.path().isEmpty()) {
            errors.required(path.child("path"));
            return;
        }
        noBacksteps(source.path(), path.child("path"), errors);
        errors.supported(path.child("type"), source.type(), HOST_PATH_TYPES);
    }

    /** A path that does not begin at the root and never climbs. */
    static void descending(String target, FieldPath path, FieldErrors errors) {
        if (target.startsWith("/")) {
            errors.invalid(path, target, "must be a relative path");
        }
        noBacksteps(target, path, errors);
    }

    /** Checks that a path never climbs. */
    public static void noBacksteps(String target, FieldPath path, FieldErrors errors) {
        if (climbs(target)) {
            errors.invalid(path, target, "must not contain '..'");
        }
    }

    static boolean climbs(String target) {
        return Arrays.asList(target.split("/", -1)).contains("..");
    }

    /** A descending path whose first element is not reserved for the kubelet. */
    static void notReserved(String target, FieldPath path, FieldErrors errors) {
        descending(target, path, errors);
        if (target.startsWith("..") && !target.startsWith("../")) {
            errors.invalid(path, target, "must not start with '..'");
        }
    }

    static void mode(@Nullable Integer mode, FieldPath path, FieldErrors errors) {
        if (mode != null && (mode < 0 || mode > ALL_PERMISSIONS)) {
            errors.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
