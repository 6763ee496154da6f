package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.ClusterRoleBindingBuilder;
import dev.orchestrator.api.model.rbac.ClusterRoleBuilder;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Sees to it that a cluster has the roles and bindings that every Kubernetes cluster has. */
public final class BootstrapRoles {

    static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private static final WriteRequest REQUEST = WriteRequest.by("kube-apiserver");

    private final ObjectStore store;

    private BootstrapRoles(ObjectStore store) {
        this.store = store;
    }

    /**
     * Creates what is missing. What exists gets the rules and subjects that it lacks, unless it says that it does not
     * want them; nothing is taken away.
     */
    public static void ensure(ObjectStore store) {
        var bootstrap = new BootstrapRoles(store);
        BootstrapFile file = BootstrapFile.read();
        for (ClusterRole role : file.roles()) {
            ClusterRole full = ClusterRoleBuilder.builder(role)
                    .rules(Aggregation.rules(role, store))
                    .build();
            bootstrap.ensure(ResourceTypes.CLUSTER_ROLE, full, present -> completed(present, role.rules()));
        }
        for (ClusterRoleBinding binding : file.bindings()) {
            bootstrap.ensure(
                    ResourceTypes.CLUSTER_ROLE_BINDING, binding, present -> completed(present, binding.subjects()));
        }
    }

    private <R extends Resource> void ensure(ResourceType<R> type, R wanted, UnaryOperator<R> complete) {
        try {
            if (store.find(type, wanted.key()).isEmpty()) {
                store.create(wanted, REQUEST);
                return;
            }
        } catch (ApiException refused) {
            if (refused.reason() != Reason.ALREADY_EXISTS) {
                throw refused;
            }
        }
        try {
            store.edit(type, wanted.key(), REQUEST, present -> isOurs(present) ? complete.apply(present) : present);
        } catch (ApiException refused) {
            if (refused.reason() != Reason.NOT_FOUND) {
                throw refused;
            }
        }
    }

    private static boolean isOurs(Resource present) {
        return !"false".equals(present.metadata().annotations().get(AUTOUPDATE));
    }

    private static ClusterRole completed(ClusterRole present, List<PolicyRule> wanted) {
        List<PolicyRule> missing = Coverage.missing(present.rules(), wanted);
        if (missing.isEmpty()) {
            return present;
        }
        var rules = new ArrayList<>(present.rules());
        rules.addAll(missing);
        return ClusterRoleBuilder.builder(present).rules(rules).build();
    }

    private static ClusterRoleBinding completed(ClusterRoleBinding present, List<Subject> wanted) {
        if (present.subjects().containsAll(wanted)) {
            return present;
        }
        var subjects = new ArrayList<>(present.subjects());
        wanted.stream().filter(subject -> !subjects.contains(subject)).forEach(subjects::add);
        return ClusterRoleBindingBuilder.builder(present).subjects(subjects).build();
    }
}
