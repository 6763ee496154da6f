package dev.orchestrator.runtime.access;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;

/**
 * What one binding gives to one of its subjects.
 *
 * @param binding the binding; without a namespace for the whole cluster
 * @param role what it gives
 * @param subject to whom
 */
record Grant(ObjectKey binding, RoleRef role, Subject subject) {

    /** {@return where this comes from, as Kubernetes says it} */
    String origin() {
        boolean isLocal = !binding.namespace().isEmpty();
        String name = isLocal ? binding.name() + "/" + binding.namespace() : binding.name();
        return (isLocal ? "RoleBinding \"" : "ClusterRoleBinding \"") + name + "\" of " + role.kind() + " \""
                + role.name() + "\" to " + subject.kind() + " \"" + subjectName() + "\"";
    }

    private String subjectName() {
        if (!subject.kind().equals("ServiceAccount")) {
            return subject.name();
        }
        return subject.name() + "/" + accountNamespace();
    }

    /** {@return the namespace of a subject that is a service account} */
    String accountNamespace() {
        String own = subject.namespace();
        return own == null || own.isEmpty() ? binding.namespace() : own;
    }

    /** {@return where it is found among the grants} */
    Grants.Key key() {
        String namespace = binding.namespace();
        return switch (subject.kind()) {
            case "Group" -> new Grants.Key(namespace, true, subject.name());
            case "ServiceAccount" ->
                new Grants.Key(namespace, false, User.accountName(new ObjectKey(accountNamespace(), subject.name())));
            default -> new Grants.Key(namespace, false, subject.name());
        };
    }
}
