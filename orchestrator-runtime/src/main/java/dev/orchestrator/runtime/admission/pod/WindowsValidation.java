package dev.orchestrator.runtime.admission.pod;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSecurityContext;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.api.model.core.WindowsSecurityContextOptions;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import org.jspecify.annotations.Nullable;

/** The rules of what Windows has instead, and of pods that name their operating system. */
final class WindowsValidation {

    private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";
    private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
    private static final int SPEC_KIB = 64;
    private static final int DOMAIN_LENGTH = 256;
    private static final int USER_LENGTH = 104;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final String DNS = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern DNS_DOMAIN = Pattern.compile(DNS + "(?:\\." + DNS + ")*");
    private static final Pattern ONLY_DOTS = Pattern.compile("[. ]+");
    private static final Pattern ILLEGAL = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");

    private WindowsValidation() {}

    static void options(@Nullable WindowsSecurityContextOptions options, FieldPath path, FieldErrors errors) {
        if (options == null) {
            return;
        }
        if (options.gmsaCredentialSpecName() != null) {
            errors.invalid(
                    path.child("gmsaCredentialSpecName"),
                    options.gmsaCredentialSpecName(),
                    Names.dnsSubdomain(options.gmsaCredentialSpecName()));
        }
        String spec = options.gmsaCredentialSpec();
        if (spec != null && spec.isEmpty()) {
            errors.invalid(path.child("gmsaCredentialSpec"), spec, "gmsaCredentialSpec cannot be an empty string");
        } else if (spec != null && spec.length() > SPEC_KIB * 1024) {
            errors.invalid(
                    path.child("gmsaCredentialSpec"),
                    spec,
                    "gmsaCredentialSpec size must be under " + SPEC_KIB + " KiB");
        }
        if (options.runAsUserName() != null) {
            userName(options.runAsUserName(), path.child("runAsUserName"), errors);
        }
    }

    private static void userName(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.invalid(path, name, "runAsUserName cannot be an empty string");
            return;
        }
        if (CONTROL.matcher(name).find()) {
            errors.invalid(path, name, "runAsUserName cannot contain control characters");
            return;
        }
        int slash = name.indexOf('\\');
        if (slash != name.lastIndexOf('\\')) {
            errors.invalid(path, name, "runAsUserName cannot contain more than one backslash");
            return;
        }
        if (slash >= 0) {
            domain(name.substring(0, slash), name, path, errors);
        }
        user(name.substring(slash + 1), name, path, errors);
    }

    private static void domain(String domain, String name, FieldPath path, FieldErrors errors) {
        if (domain.length() >= DOMAIN_LENGTH) {
            errors.invalid(path, name, "runAsUserName's Domain length must be under " + DOMAIN_LENGTH + " characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !DNS_DOMAIN.matcher(domain).matches()) {
            errors.invalid(path, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void user(String user, String name, FieldPath path, FieldErrors errors) {
        if (user.isEmpty()) {
            errors.invalid(path, name, "runAsUserName's User cannot be empty");
        } else if (user.length() > USER_LENGTH) {
            errors.invalid(
                    path, name, "runAsUserName's User length must not be longer than " + USER_LENGTH + " characters");
        }
        if (ONLY_DOTS.matcher(user).matches()) {
            errors.invalid(path, name, "runAsUserName's User cannot contain only periods or spaces");
        }
        if (ILLEGAL.matcher(user).find()) {
            errors.invalid(
                    path, name, "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
    }

    /** Checks that host processes are not mixed with others and share the host's network. */
    static void hostProcesses(PodSpec spec, FieldPath path, FieldErrors errors) {
        Boolean ofPod = spec.securityContext() == null
                ? null
                : hostProcess(spec.securityContext().windowsOptions());
        Map<String, Container> containers = containers(spec);
        int hostProcesses = 0;
        for (var entry : containers.entrySet()) {
            SecurityContext security = entry.getValue().securityContext();
            Boolean own = security == null ? null : hostProcess(security.windowsOptions());
            if (ofPod != null && own != null && !ofPod.equals(own)) {
                errors.invalid(
                        at(path, entry.getKey()).child("securityContext").child("windowsOptions", "hostProcess"),
                        own,
                        "pod hostProcess value must be identical if both are specified, was " + ofPod);
            }
            hostProcesses += Boolean.TRUE.equals(own == null ? ofPod : own) ? 1 : 0;
        }
        if (hostProcesses == 0) {
            return;
        }
        if (hostProcesses != containers.size()) {
            errors.invalid(
                    path,
                    "",
                    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (!spec.hostNetwork()) {
            errors.invalid(
                    path.child("hostNetwork"),
                    false,
                    "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static @Nullable Boolean hostProcess(@Nullable WindowsSecurityContextOptions options) {
        return options == null ? null : options.hostProcess();
    }

    /** All containers by where they are, in the order Kubernetes visits them. */
    private static Map<String, Container> containers(PodSpec spec) {
        var containers = new LinkedHashMap<String, Container>();
        for (int i = 0; i < spec.initContainers().size(); i++) {
            containers.put("initContainers/" + i, spec.initContainers().get(i));
        }
        for (int i = 0; i < spec.containers().size(); i++) {
            containers.put("containers/" + i, spec.containers().get(i));
        }
        for (int i = 0; i < spec.ephemeralContainers().size(); i++) {
            containers.put(
                    "ephemeralContainers/" + i,
                    spec.ephemeralContainers().get(i).asContainer());
        }
        return containers;
    }

    private static FieldPath at(FieldPath path, String place) {
        int slash = place.indexOf('/');
        return path.child(place.substring(0, slash)).index(Integer.parseInt(place.substring(slash + 1)));
    }

    /** Checks that a pod uses nothing its operating system lacks. */
    static void operatingSystem(PodSpec spec, FieldPath path, FieldErrors errors) {
        if (spec.os() == null) {
            return;
        }
        switch (spec.os().name()) {
            case "" -> errors.required(path.child("os", "name"), "cannot be empty");
            case "linux" -> linux(spec, path, errors);
            case "windows" -> windows(spec, path, errors);
            default -> errors.notSupported(path.child("os"), spec.os().name(), List.of("linux", "windows"));
        }
    }

    private static void linux(PodSpec spec, FieldPath path, FieldErrors errors) {
        PodSecurityContext pod = spec.securityContext();
        if (pod != null && pod.windowsOptions() != null) {
            errors.forbidden(path.child("securityContext", "windowsOptions"), NOT_ON_LINUX);
        }
        containers(spec).forEach((place, container) -> {
            SecurityContext security = container.securityContext();
            if (security != null && security.windowsOptions() != null) {
                errors.forbidden(at(path, place).child("securityContext", "windowsOptions"), NOT_ON_LINUX);
            }
        });
    }

    private static void windows(PodSpec spec, FieldPath path, FieldErrors errors) {
        PodSecurityContext pod = spec.securityContext();
        FieldPath context = path.child("securityContext");
        if (pod != null) {
            forbid(pod.appArmorProfile(), context.child("appArmorProfile"), errors);
            forbid(pod.seLinuxOptions(), context.child("seLinuxOptions"), errors);
            forbid(spec.hostUsers(), path.child("hostUsers"), errors);
            forbid(spec.hostPID() ? true : null, path.child("hostPID"), errors);
            forbid(spec.hostIPC() ? true : null, path.child("hostIPC"), errors);
            forbid(pod.seccompProfile(), context.child("seccompProfile"), errors);
            forbid(pod.fsGroup(), context.child("fsGroup"), errors);
            forbid(pod.fsGroupChangePolicy(), context.child("fsGroupChangePolicy"), errors);
            forbid(pod.sysctls().isEmpty() ? null : pod.sysctls(), context.child("sysctls"), errors);
            forbid(spec.shareProcessNamespace(), path.child("shareProcessNamespace"), errors);
            forbid(pod.runAsUser(), context.child("runAsUser"), errors);
            forbid(pod.runAsGroup(), context.child("runAsGroup"), errors);
            forbid(
                    pod.supplementalGroups().isEmpty() ? null : pod.supplementalGroups(),
                    context.child("supplementalGroups"),
                    errors);
            forbid(pod.supplementalGroupsPolicy(), context.child("supplementalGroupsPolicy"), errors);
            forbid(pod.seLinuxChangePolicy(), context.child("seLinuxChangePolicy"), errors);
        }
        containers(spec).forEach((place, container) -> {
            if (container.securityContext() != null) {
                windows(container.securityContext(), at(path, place).child("securityContext"), errors);
            }
        });
    }

    private static void windows(SecurityContext context, FieldPath path, FieldErrors errors) {
        forbid(context.appArmorProfile(), path.child("appArmorProfile"), errors);
        forbid(context.seLinuxOptions(), path.child("seLinuxOptions"), errors);
        forbid(context.seccompProfile(), path.child("seccompProfile"), errors);
        forbid(context.capabilities(), path.child("capabilities"), errors);
        forbid(context.readOnlyRootFilesystem(), path.child("readOnlyRootFilesystem"), errors);
        forbid(context.privileged(), path.child("privileged"), errors);
        forbid(context.allowPrivilegeEscalation(), path.child("allowPrivilegeEscalation"), errors);
        forbid(context.procMount(), path.child("procMount"), errors);
        forbid(context.runAsUser(), path.child("runAsUser"), errors);
        forbid(context.runAsGroup(), path.child("runAsGroup"), errors);
    }

    private static void forbid(@Nullable Object set, FieldPath path, FieldErrors errors) {
        if (set != null) {
            errors.forbidden(path, NOT_ON_WINDOWS);
        }
    }
}
