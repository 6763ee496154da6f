package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.core.AppArmorProfile;
import dev.orchestrator.api.model.core.PodSecurityContext;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.SeccompProfile;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.api.model.core.Sysctl;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of security contexts. */
final class SecurityValidation {

    private static final long LARGEST_ID = 0xffffffffL;
    private static final int SYSCTL_LENGTH = 253;
    private static final int PROFILE_LENGTH = 4095;
    private static final List<String> PROFILE_TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String SYSCTL = "(" + SEGMENT + "[\\./])*" + SEGMENT;
    private static final Pattern SYSCTL_PATTERN = Pattern.compile(SYSCTL);

    private final FieldErrors errors;

    SecurityValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void container(@Nullable SecurityContext context, boolean hostUsers, FieldPath path) {
        if (context == null) {
            return;
        }
        errors.range(path.child("runAsUser"), context.runAsUser(), 0, LARGEST_ID);
        errors.range(path.child("runAsGroup"), context.runAsGroup(), 0, LARGEST_ID);
        String procMount = context.procMount();
        errors.supported(path.child("procMount"), procMount, List.of("Default", "Unmasked"));
        if (hostUsers && "Unmasked".equals(procMount)) {
            errors.invalid(path.child("procMount"), procMount, "`hostUsers` must be false to use `Unmasked`");
        }
        seccomp(context.seccompProfile(), path.child("seccompProfile"));
        escalation(context, path);
        WindowsValidation.options(context.windowsOptions(), path.child("windowsOptions"), errors);
        appArmor(context.appArmorProfile(), path.child("appArmorProfile"));
    }

    private void escalation(SecurityContext context, FieldPath path) {
        Boolean escalation = context.allowPrivilegeEscalation();
        if (escalation == null || escalation) {
            return;
        }
        if (Zero.isTrue(context.privileged())) {
            errors.invalid(path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (context.capabilities() != null && context.capabilities().add().contains("CAP_SYS_ADMIN")) {
            errors.invalid(
                    path,
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }

    void pod(@Nullable PodSecurityContext context, PodSpec spec, FieldPath path) {
        if (context == null) {
            return;
        }
        errors.range(path.child("fsGroup"), context.fsGroup(), 0, LARGEST_ID);
        errors.range(path.child("runAsUser"), context.runAsUser(), 0, LARGEST_ID);
        errors.range(path.child("runAsGroup"), context.runAsGroup(), 0, LARGEST_ID);
        for (int i = 0; i < context.supplementalGroups().size(); i++) {
            Long group = context.supplementalGroups().get(i);
            errors.range(path.child("supplementalGroups").index(i), group, 0, LARGEST_ID);
        }
        if (Zero.isTrue(spec.shareProcessNamespace()) && spec.hostPID()) {
            errors.invalid(
                    path.child("shareProcessNamespace"),
                    true,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(context.sysctls(), spec, path.child("sysctls"));
        errors.supported(
                path.child("fsGroupChangePolicy"), context.fsGroupChangePolicy(), List.of("Always", "OnRootMismatch"));
        seccomp(context.seccompProfile(), path.child("seccompProfile"));
        WindowsValidation.options(context.windowsOptions(), path.child("windowsOptions"), errors);
        appArmor(context.appArmorProfile(), path.child("appArmorProfile"));
        errors.supported(
                path.child("supplementalGroupsPolicy"), context.supplementalGroupsPolicy(), List.of("Merge", "Strict"));
        errors.supported(
                path.child("seLinuxChangePolicy"), context.seLinuxChangePolicy(), List.of("MountOption", "Recursive"));
    }

    private void sysctls(List<Sysctl> sysctls, PodSpec spec, FieldPath path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sysctls.size(); i++) {
            String name = sysctls.get(i).name();
            FieldPath each = path.index(i).child("name");
            if (name.isEmpty()) {
                errors.required(each);
            } else if (name.length() > SYSCTL_LENGTH
                    || !SYSCTL_PATTERN.matcher(name).matches()) {
                errors.invalid(
                        each,
                        name,
                        "must have at most " + SYSCTL_LENGTH + " characters and match regex ^" + SYSCTL + "$");
            } else if (!seen.add(name)) {
                errors.duplicate(each, name);
            }
            hostNamespaces(name.replace('/', '.'), name, spec, each);
        }
    }

    private void hostNamespaces(String dotted, String name, PodSpec spec, FieldPath path) {
        boolean network = dotted.startsWith("net.");
        boolean ipc = dotted.startsWith("kernel.shm")
                || dotted.startsWith("kernel.msg")
                || dotted.equals("kernel.sem")
                || dotted.startsWith("fs.mqueue.");
        if (spec.hostNetwork() && network) {
            errors.invalid(path, name, "may not be specified when 'hostNetwork' is true");
        } else if (spec.hostIPC() && ipc) {
            errors.invalid(path, name, "may not be specified when 'hostIPC' is true");
        }
    }

    private void seccomp(@Nullable SeccompProfile profile, FieldPath path) {
        if (profile == null) {
            return;
        }
        if (profile.type().isEmpty()) {
            errors.required(path.child("type"), "type is required when seccompProfile is set");
        } else {
            errors.supported(path.child("type"), profile.type(), PROFILE_TYPES);
        }
        FieldPath local = path.child("localhostProfile");
        if (!profile.type().equals("Localhost")) {
            if (profile.localhostProfile() != null) {
                errors.invalid(local, profile, "can only be set when seccomp type is Localhost");
            }
        } else if (profile.localhostProfile() == null) {
            errors.required(local, "must be set when seccomp type is Localhost");
        } else {
            PathRules.descending(profile.localhostProfile(), local, errors);
        }
    }

    private void appArmor(@Nullable AppArmorProfile profile, FieldPath path) {
        if (profile == null) {
            return;
        }
        FieldPath local = path.child("localhostProfile");
        switch (profile.type()) {
            case "Localhost" -> localhostProfile(profile.localhostProfile(), local);
            case "RuntimeDefault", "Unconfined" -> {
                if (profile.localhostProfile() != null) {
                    errors.invalid(
                            local, profile.localhostProfile(), "can only be set when AppArmor type is Localhost");
                }
            }
            case "" -> errors.required(path.child("type"), "type is required when appArmorProfile is set");
            default -> errors.notSupported(path.child("type"), profile.type(), PROFILE_TYPES);
        }
    }

    private void localhostProfile(@Nullable String profile, FieldPath path) {
        if (profile == null) {
            errors.required(path, "must be set when AppArmor type is Localhost");
            return;
        }
        if (!profile.strip().equals(profile)) {
            errors.invalid(path, profile, "must not be padded with whitespace");
        } else if (profile.isEmpty()) {
            errors.required(path, "must be set when AppArmor type is Localhost");
        }
        if (profile.length() > PROFILE_LENGTH) {
            errors.tooLong(path, PROFILE_LENGTH);
        }
    }
}
