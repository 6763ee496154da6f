package dev.orchestrator.runtime.controller.clusterrole;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBuilder;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.access.Aggregation;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Gives cluster roles with an aggregation rule the rules of the roles that it selects. */
public final class ClusterRoleController implements Controller {

    private final ObjectStore store;
    private final WriteRequest request = WriteRequest.ofController("clusterrole-aggregation-controller");
    private final Set<ObjectKey> gathering = ConcurrentHashMap.newKeySet();

    /** Creates the controller; it works once connected. */
    public ClusterRoleController(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "clusterrole-aggregation-controller";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue("clusterrole-aggregation", 1, this::reconcile);
        wiring.watch(ResourceTypes.CLUSTER_ROLE, change -> {
            note(change);
            // Any role may have begun or ceased to be one of those that others gather.
            gathering.forEach(queue::add);
        });
    }

    private void note(Change<ClusterRole> change) {
        ClusterRole role = change.after();
        if (role != null && role.aggregationRule() != null) {
            gathering.add(role.key());
        } else {
            Optional.ofNullable(change.before()).map(ClusterRole::key).ifPresent(gathering::remove);
        }
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<ClusterRole> role = store.find(ResourceTypes.CLUSTER_ROLE, key);
        if (role.isEmpty()
                || Aggregation.rules(role.get(), store).equals(role.get().rules())) {
            return Outcome.done();
        }
        try {
            store.edit(ResourceTypes.CLUSTER_ROLE, key, request, this::gathered);
        } catch (ApiException gone) {
            if (gone.reason() != ApiException.Reason.NOT_FOUND) {
                throw gone;
            }
        }
        return Outcome.done();
    }

    private ClusterRole gathered(ClusterRole role) {
        List<PolicyRule> rules = Aggregation.rules(role, store);
        return rules.equals(role.rules())
                ? role
                : ClusterRoleBuilder.builder(role).rules(rules).build();
    }
}
