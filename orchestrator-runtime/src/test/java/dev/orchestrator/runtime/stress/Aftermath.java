package dev.orchestrator.runtime.stress;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.ResourceHandle;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.SandboxState;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true when nobody does anything any more. */
public final class Aftermath {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Stage stage;
    private final Cluster storm;

    /** Begins when all players have left and all faults have ended. */
    public Aftermath(Stage stage) {
        this.stage = stage;
        this.storm = stage.cluster().inNamespace(Storm.NAMESPACE);
    }

    /** Does what an operator would do after the storm: what is paused goes on, what backs off is replaced. */
    public void tidyUp() {
        stage.driver().image(Storm.BROKEN_IMAGE, CalmApplication.program());
        stage.cluster().nodes().handles().forEach(node -> node.uncordon());
        storm.deployments()
                .handles()
                .forEach(deployment -> deployment.edit(one -> one.spec().paused()
                        ? DeploymentBuilder.builder(one)
                                .spec(DeploymentSpecBuilder.builder(one.spec())
                                        .paused(false)
                                        .build())
                                .build()
                        : one));
        for (Pod pod : storm.pods().list()) {
            stage.witness().willDelete(pod.metadata().uidOrEmpty());
            if (!pod.isReady()) {
                deleteUnlessGone(pod);
            }
        }
    }

    /** Its controller may have deleted it since it was listed. */
    private void deleteUnlessGone(Pod pod) {
        try {
            stage.cluster()
                    .inNamespace(Storm.NAMESPACE)
                    .pods()
                    .named(pod.metadata().nameOrEmpty())
                    .delete(Propagation.BACKGROUND);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Waits until everything is as it is wanted, and then until nothing happens any more. */
    public void awaitCalm() throws InterruptedException {
        for (var namespace : stage.cluster().namespaces().handles()) {
            awaitUnlessGone(namespace, () -> {});
        }
        for (var deployment : stage.cluster().deployments().inAllNamespaces().handles()) {
            awaitUnlessGone(deployment, () -> deployment.awaitRollout(PATIENCE));
        }
        for (var set : stage.cluster().replicaSets().inAllNamespaces().handles()) {
            awaitUnlessGone(
                    set,
                    () -> set.await(
                            "to have all its replicas",
                            one -> one.isObserved() && one.status().availableReplicas() == one.desiredReplicas(),
                            PATIENCE));
        }
        for (var controller : storm.replicationControllers().handles()) {
            awaitUnlessGone(
                    controller,
                    () -> controller.await(
                            "to have all its replicas",
                            one -> one.status().availableReplicas()
                                    == requireNonNullElse(one.spec().replicas(), 1),
                            PATIENCE));
        }
        for (var pod : stage.cluster().pods().inAllNamespaces().handles()) {
            awaitUnlessGone(pod, () -> pod.awaitReady(PATIENCE));
        }
        if (!stage.witness().awaitQuiet(QUIET, PATIENCE)) {
            stage.witness().report("the loops do not come to rest");
        }
    }

    /** A wait for an object. */
    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void awaitUnlessGone(ResourceHandle<?, ?> handle, Wait wait) throws InterruptedException {
        boolean isLeaving =
                handle.find().map(object -> object.metadata().isTerminating()).orElse(true);
        try {
            if (isLeaving) {
                handle.awaitDeleted(PATIENCE);
            } else {
                wait.run();
            }
        } catch (AwaitException e) {
            if (handle.exists()) {
                throw e;
            }
        }
    }

    /** Holds what is left against what was wanted. */
    public void check() throws InterruptedException {
        stage.witness().catchUp();
        stage.witness().checkAcknowledged();
        assertThat(stage.witness().problems()).isEmpty();
        // Events come and go, and leases are renewed, as long as there are pods and nodes.
        List<Resource> objects = stage.witness().objects().stream()
                .filter(object -> !(object instanceof Event) && !(object instanceof Lease))
                .toList();
        Set<String> uids =
                objects.stream().map(object -> object.metadata().uidOrEmpty()).collect(toCollection(HashSet::new));
        for (Resource object : objects) {
            assertThat(object.metadata().isTerminating())
                    .as("%s is still there", HistoryWitness.id(object))
                    .isFalse();
            assertThat(object.metadata().ownerReferences())
                    .as("the owners of %s", HistoryWitness.id(object))
                    .extracting(OwnerReference::uid)
                    .allMatch(uids::contains);
            assertThat(object).as(HistoryWitness.id(object)).isSameAs(stored(object));
        }
        Set<String> pods = uidsOf(objects, Pod.class);
        awaitSandboxesOf(pods);
        List<SandboxState> sandboxes = stage.driver().sandboxes();
        assertThat(sandboxes).as("sandboxes of no pod").allMatch(sandbox -> pods.contains(sandbox.podUid()));
        assertThat(current(sandboxes)).as("a sandbox for each pod").containsExactlyInAnyOrderElementsOf(pods);
        // The one before a lost sandbox is kept for its logs and exit codes.
        assertThat(sandboxes.stream()
                        .filter(sandbox -> !sandbox.ready())
                        .map(SandboxState::podUid)
                        .toList())
                .as("former sandboxes")
                .doesNotHaveDuplicates();
        checkEndpoints(objects);
    }

    /** What is left of pods that were deleted without grace is removed later, and again after a failure. */
    private void awaitSandboxesOf(Set<String> pods) throws InterruptedException {
        var changes = new Semaphore(0);
        stage.driver().subscribe(new DriverListener() {
            @Override
            public void podChanged(String podUid) {
                changes.release();
            }

            @Override
            public void nodesChanged() {
                changes.release();
            }

            @Override
            public void eventsLost() {
                changes.release();
            }
        });
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isAsWanted(pods) && changes.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            changes.drainPermits();
        }
    }

    private boolean isAsWanted(Set<String> pods) throws InterruptedException {
        List<SandboxState> sandboxes = stage.driver().sandboxes();
        return current(sandboxes).size() == pods.size()
                && sandboxes.stream().allMatch(sandbox -> pods.contains(sandbox.podUid()));
    }

    private static List<String> current(List<SandboxState> sandboxes) {
        return sandboxes.stream()
                .filter(SandboxState::ready)
                .map(SandboxState::podUid)
                .toList();
    }

    private void checkEndpoints(Collection<Resource> objects) {
        for (Resource object : objects) {
            if (object instanceof Service service) {
                String name = service.metadata().nameOrEmpty();
                Set<String> wanted = objects.stream()
                        .filter(Pod.class::isInstance)
                        .map(Pod.class::cast)
                        .filter(pod -> !service.spec().selector().isEmpty()
                                && service.metadata()
                                        .namespaceOrEmpty()
                                        .equals(pod.metadata().namespaceOrEmpty())
                                && pod.metadata()
                                        .labels()
                                        .entrySet()
                                        .containsAll(service.spec().selector().entrySet())
                                && pod.isReady())
                        .map(pod -> String.valueOf(pod.status().podIP()))
                        .collect(toCollection(TreeSet::new));
                Set<String> offered = objects.stream()
                        .filter(EndpointSlice.class::isInstance)
                        .map(EndpointSlice.class::cast)
                        .filter(slice -> name.equals(slice.metadata().labels().get("kubernetes.io/service-name"))
                                && service.metadata()
                                        .namespaceOrEmpty()
                                        .equals(slice.metadata().namespaceOrEmpty()))
                        .flatMap(slice -> slice.endpoints().stream())
                        .flatMap(endpoint -> endpoint.addresses().stream())
                        .collect(toCollection(TreeSet::new));
                if (!name.equals("kubernetes")) {
                    assertThat(offered)
                            .as("endpoints of service %s", service.key())
                            .isEqualTo(wanted);
                }
            }
        }
    }

    private <R extends Resource> Resource stored(R object) {
        @SuppressWarnings("unchecked")
        ResourceType<R> type = (ResourceType<R>) object.resourceType();
        return stage.store().get(type, object.key());
    }

    private static Set<String> uidsOf(Collection<Resource> objects, Class<? extends Resource> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(object -> object.metadata().uidOrEmpty())
                .collect(toCollection(TreeSet::new));
    }
}
