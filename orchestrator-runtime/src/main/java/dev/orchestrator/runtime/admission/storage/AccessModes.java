package dev.orchestrator.runtime.admission.storage;

import java.util.List;

import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;

/** The rules of how a volume may be mounted: by one pod alone, or in other ways. */
final class AccessModes {

    private static final String BY_ONE_POD = "ReadWriteOncePod";
    private static final List<String> ALL = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", BY_ONE_POD);

    private AccessModes() {}

    static void validate(List<String> modes, FieldPath path, FieldErrors errors) {
        boolean others = false;
        for (String mode : modes) {
            errors.supported(path, mode, ALL);
            others |= ALL.contains(mode) && !mode.equals(BY_ONE_POD);
        }
        if (others && modes.contains(BY_ONE_POD)) {
            errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }
}
