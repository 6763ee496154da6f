package dev.orchestrator.runtime.serving;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.runtime.access.AccountTokens;
import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.access.BootstrapRoles;
import dev.orchestrator.runtime.access.Reviews;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.handle.ServiceAddresses;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * A running orchestrator as a server sees it: the objects, through the same admission as everybody's, and the running
 * containers. It holds no rule of its own.
 */
public interface ServedCluster {

    /**
     * {@return what there is to serve of an orchestrator}
     *
     * @throws IllegalArgumentException if the orchestrator does not run in this JVM
     */
    static ServedCluster of(Orchestrator orchestrator) {
        if (orchestrator instanceof ServedCluster served) {
            return served;
        }
        throw new IllegalArgumentException("only an orchestrator of this JVM can be served: found "
                + orchestrator.getClass().getName());
    }

    /** {@return the objects} */
    ObjectStore store();

    /** {@return where the time comes from} */
    TimeSource time();

    /** {@return what issues tokens of service accounts, with a key of its own} */
    default AccountTokens accountTokens() {
        return new AccountTokens(store(), time());
    }

    /** {@return what decides by roles and bindings; those that every Kubernetes cluster has exist from now on} */
    default Authorizer roles() {
        BootstrapRoles.ensure(store());
        return Authorizer.ofRoles(store());
    }

    /** {@return what answers questions about who somebody is and what somebody may do} */
    default Reviews reviews(Authorizer authorizer, Reviews.TokenVerifier tokens) {
        return new Reviews(authorizer, tokens);
    }

    /** {@return what pods use, and whatever else autoscalers go by} */
    MetricsSource metrics();

    /** {@return the containers that run} */
    ContainerAccess containers();

    /**
     * {@return the container that a request is about: the one that it names, or the only one}
     *
     * @param asked its name; empty when the request names none
     * @throws dev.orchestrator.api.ApiException if the pod has no container of that name, or several and none is named
     */
    default String container(Pod pod, String asked) {
        return PodContainers.chosen(pod, asked);
    }

    /** {@return whether a pod has a node} */
    default boolean hasHost(Pod pod) {
        String node = pod.spec().nodeName();
        return node != null && !node.isEmpty();
    }

    /** {@return where services are reached} */
    ServiceAddresses serviceAddresses();

    /**
     * Deletes a pod as far as disruption budgets let it.
     *
     * @throws dev.orchestrator.api.ApiException with reason {@code TOO_MANY_REQUESTS} if a budget forbids it, and as a
     *     deletion does
     */
    void evict(Pod pod, DeleteOptions options, WriteRequest request);

    /**
     * Puts a pod on a node, as a scheduler does.
     *
     * @throws dev.orchestrator.api.ApiException if there is no such pod, or it has a node or must not have one
     */
    void bind(ObjectKey pod, String node, WriteRequest request);
}
