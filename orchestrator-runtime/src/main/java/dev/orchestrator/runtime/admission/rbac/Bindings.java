package dev.orchestrator.runtime.admission.rbac;

import java.util.List;

import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** What both kinds of bindings share: a role that never changes, and subjects. */
final class Bindings {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final FieldPath ROLE_REF = FieldPath.of("roleRef");
    private static final FieldPath SUBJECTS = FieldPath.of("subjects");

    private Bindings() {}

    static RoleBinding withDefaults(RoleBinding binding) {
        RoleRef role = role(binding.roleRef());
        List<Subject> subjects = mapped(binding.subjects(), Bindings::subject);
        return same(role, binding.roleRef()) && same(subjects, binding.subjects())
                ? binding
                : new RoleBinding(binding.metadata(), role, subjects);
    }

    static ClusterRoleBinding withDefaults(ClusterRoleBinding binding) {
        RoleRef role = role(binding.roleRef());
        List<Subject> subjects = mapped(binding.subjects(), Bindings::subject);
        return same(role, binding.roleRef()) && same(subjects, binding.subjects())
                ? binding
                : new ClusterRoleBinding(binding.metadata(), role, subjects);
    }

    private static RoleRef role(RoleRef role) {
        return Zero.isEmpty(role.apiGroup()) ? new RoleRef(GROUP, role.kind(), role.name()) : role;
    }

    private static Subject subject(Subject subject) {
        boolean outside = subject.kind().equals("User") || subject.kind().equals("Group");
        return outside && Zero.isEmpty(subject.apiGroup())
                ? new Subject(GROUP, subject.kind(), subject.name(), subject.namespace())
                : subject;
    }

    static void validateRole(RoleRef role, List<String> kinds, FieldErrors errors) {
        if (!GROUP.equals(role.apiGroup())) {
            errors.notSupported(ROLE_REF.child("apiGroup"), Zero.text(role.apiGroup()), List.of(GROUP));
        }
        errors.supported(ROLE_REF.child("kind"), role.kind(), kinds);
        if (role.name().isEmpty()) {
            errors.required(ROLE_REF.child("name"));
        } else {
            errors.invalid(ROLE_REF.child("name"), role.name(), NameRule.PATH_SEGMENT.wrongWith(role.name()));
        }
    }

    static void validateSameRole(RoleRef old, RoleRef updated, FieldErrors errors) {
        if (!old.equals(updated)) {
            errors.invalid(ROLE_REF, updated, "cannot change roleRef");
        }
    }

    static void validateSubjects(List<Subject> subjects, PolicyRules.Reach reach, FieldErrors errors) {
        for (int i = 0; i < subjects.size(); i++) {
            validateSubject(subjects.get(i), reach, SUBJECTS.index(i), errors);
        }
    }

    private static void validateSubject(Subject subject, PolicyRules.Reach reach, FieldPath path, FieldErrors errors) {
        String group = Zero.text(subject.apiGroup());
        errors.requireText(path.child("name"), subject.name());
        switch (subject.kind()) {
            case "ServiceAccount" -> {
                if (!subject.name().isEmpty()) {
                    errors.invalid(path.child("name"), subject.name(), Names.dnsSubdomain(subject.name()));
                }
                if (!group.isEmpty()) {
                    errors.notSupported(path.child("apiGroup"), group, List.of(""));
                }
                if (reach == PolicyRules.Reach.CLUSTER) {
                    errors.requireText(path.child("namespace"), subject.namespace());
                }
            }
            case "User", "Group" -> {
                if (!group.equals(GROUP)) {
                    errors.notSupported(path.child("apiGroup"), group, List.of(GROUP));
                }
            }
            default ->
                errors.notSupported(path.child("kind"), subject.kind(), List.of("ServiceAccount", "User", "Group"));
        }
    }
}
