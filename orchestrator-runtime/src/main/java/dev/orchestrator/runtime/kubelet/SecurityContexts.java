package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSecurityContext;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.api.model.core.SecurityContextBuilder;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.ImageDescription;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** As whom and with which rights a container runs: what it says itself, and otherwise what its pod says. */
final class SecurityContexts {

    private SecurityContexts() {}

    /** {@return what holds for a container; null when neither it nor its pod says anything} */
    static @Nullable SecurityContext effective(Pod pod, Container container) {
        PodSecurityContext general = pod.spec().securityContext();
        SecurityContext own = container.securityContext();
        if (general == null || isSilent(general)) {
            return own;
        }
        var merged = own == null ? SecurityContextBuilder.builder() : SecurityContextBuilder.builder(own);
        if (own == null || own.runAsUser() == null) {
            merged.runAsUser(general.runAsUser());
        }
        if (own == null || own.runAsGroup() == null) {
            merged.runAsGroup(general.runAsGroup());
        }
        if (own == null || own.runAsNonRoot() == null) {
            merged.runAsNonRoot(general.runAsNonRoot());
        }
        if (own == null || own.seLinuxOptions() == null) {
            merged.seLinuxOptions(general.seLinuxOptions());
        }
        if (own == null || own.seccompProfile() == null) {
            merged.seccompProfile(general.seccompProfile());
        }
        if (own == null || own.appArmorProfile() == null) {
            merged.appArmorProfile(general.appArmorProfile());
        }
        if (own == null || own.windowsOptions() == null) {
            merged.windowsOptions(general.windowsOptions());
        }
        return merged.build();
    }

    private static boolean isSilent(PodSecurityContext general) {
        return general.runAsUser() == null
                && general.runAsGroup() == null
                && general.runAsNonRoot() == null
                && general.seLinuxOptions() == null
                && general.seccompProfile() == null
                && general.appArmorProfile() == null
                && general.windowsOptions() == null;
    }

    /** {@return why a container that must not run as root may not be started; null when it may} */
    static @Nullable String rootRefusal(
            Pod pod, Container container, @Nullable SecurityContext effective, @Nullable ImageDescription image) {
        if (effective == null || !Boolean.TRUE.equals(effective.runAsNonRoot())) {
            return null;
        }
        String about = "(pod: " + GoText.quote(PodView.format(pod)) + ", container: " + container.name() + ")";
        if (effective.runAsUser() != null) {
            return effective.runAsUser() == 0 ? "container's runAsUser breaks non-root policy " + about : null;
        }
        String user = image == null ? "" : requireNonNullElse(image.user(), "");
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        if (name.isEmpty() || name.chars().allMatch(digit -> digit == '0')) {
            return "container has runAsNonRoot and image will run as root " + about;
        }
        return name.chars().allMatch(Character::isDigit)
                ? null
                : "container has runAsNonRoot and image has non-numeric user (" + name
                        + "), cannot verify user is non-root " + about;
    }
}
