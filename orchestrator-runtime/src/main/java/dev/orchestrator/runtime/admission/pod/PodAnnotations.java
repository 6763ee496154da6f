package dev.orchestrator.runtime.admission.pod;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules of the annotations of a pod that mean something. */
final class PodAnnotations {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private PodAnnotations() {}

    static void validate(Map<String, String> annotations, PodSpec spec, FieldPath path, FieldErrors errors) {
        if (annotations.isEmpty()) {
            return;
        }
        String mirror = annotations.get(MIRROR);
        if (mirror != null && Zero.isEmpty(spec.nodeName())) {
            errors.invalid(path.key(MIRROR), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }
        String cost = annotations.get(DELETION_COST);
        if (cost != null && !isCost(cost)) {
            errors.invalid(path.key(DELETION_COST), cost, "must be a 32bit integer");
        }
        new TreeMap<>(annotations).forEach((key, value) -> {
            if (key.startsWith(APP_ARMOR)) {
                appArmor(key, value, spec, path.key(key), errors);
            }
        });
    }

    private static boolean isCost(String text) {
        boolean plain = !text.startsWith("+") && (text.length() == 1 || !text.startsWith("0"));
        if (!plain) {
            return false;
        }
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static void appArmor(String key, String profile, PodSpec spec, FieldPath path, FieldErrors errors) {
        String container = key.substring(APP_ARMOR.length());
        boolean known = spec.containers().stream().anyMatch(each -> each.name().equals(container))
                || spec.initContainers().stream().anyMatch(each -> each.name().equals(container))
                || spec.ephemeralContainers().stream()
                        .anyMatch(each -> each.name().equals(container));
        if (!known) {
            errors.invalid(path, container, "container not found");
        }
        boolean valid = profile.isEmpty()
                || profile.equals("runtime/default")
                || profile.equals("unconfined")
                || profile.startsWith("localhost/");
        if (!valid) {
            errors.invalid(path, profile, "invalid AppArmor profile name: \"" + profile + "\"");
        }
    }

    /** What an update may not do to such annotations. */
    static void validateUpdate(
            Map<String, String> old, Map<String, String> updated, FieldPath path, FieldErrors errors) {
        if (old.equals(updated)) {
            return;
        }
        for (String key : new TreeSet<>(old.keySet())) {
            boolean changed = !java.util.Objects.equals(old.get(key), updated.get(key));
            if (changed && key.startsWith(APP_ARMOR)) {
                errors.forbidden(path.key(key), "may not remove or update AppArmor annotations");
            }
            if (changed && key.equals(MIRROR)) {
                errors.forbidden(path.key(key), "may not remove or update mirror pod annotation");
            }
        }
        for (String key : new TreeSet<>(updated.keySet())) {
            if (!old.containsKey(key) && key.startsWith(APP_ARMOR)) {
                errors.forbidden(path.key(key), "may not add AppArmor annotations");
            }
            if (!old.containsKey(key) && key.equals(MIRROR)) {
                errors.forbidden(path.key(key), "may not add mirror pod annotation");
            }
        }
    }
}
