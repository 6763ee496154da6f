package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerResizePolicy;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/**
 * Gives the containers of a running pod other amounts of CPU and memory: first it is seen whether the node has them,
 * then they are set aside, then the containers get them, in place or by a restart as their resize policy says.
 */
final class PodResize {

    static final String DEFERRED = "Deferred";
    static final String INFEASIBLE = "Infeasible";

    /** Why wanted resources are not set aside yet. */
    record Pending(String reason, String message, long generation, Instant since) {

        private boolean saysTheSameAs(@Nullable Pending other) {
            return other != null
                    && reason.equals(other.reason)
                    && message.equals(other.message)
                    && generation == other.generation;
        }
    }

    /**
     * Resources that were set aside are on their way to the containers.
     *
     * @param error why they could not be given; null when nothing has gone wrong
     */
    record Progress(@Nullable String error, long generation, Instant since) {}

    private final PodServices services;
    private final PodWorker worker;
    private final PodView view;
    private final PodMemory memory;

    private PodResize(PodServices services, PodWorker worker, PodView view) {
        this.services = services;
        this.worker = worker;
        this.view = view;
        this.memory = view.memory();
    }

    /** Sees to what is wanted now; costs next to nothing when that is what the pod has. */
    static void update(PodServices services, PodWorker worker, PodView view) {
        boolean isWanted = false;
        for (Container container : view.pod().spec().containers()) {
            isWanted |= isWanted(view, container);
        }
        for (Container container : view.pod().spec().initContainers()) {
            isWanted |= PodView.isSidecar(container) && isWanted(view, container);
        }
        if (isWanted) {
            new PodResize(services, worker, view).allocate();
        } else if (view.memory().pending != null) {
            view.memory().pending = null;
            services.deferred().remove(worker);
        }
        if (view.memory().progress != null) {
            new PodResize(services, worker, view).completeWhenDone();
        }
    }

    @SuppressWarnings("ReferenceEquality") // another instance may be another amount
    private static boolean isWanted(PodView view, Container container) {
        ContainerMemory known = view.memory().of(container.name());
        ResourceRequirements allocated = known.allocated;
        if (allocated == null) {
            var reported = view.reported(container.name());
            allocated = reported == null || reported.resources() == null ? container.resources() : reported.resources();
            known.allocated = allocated;
            known.actual = allocated;
        }
        return allocated != container.resources() && !areSame(allocated, container.resources());
    }

    private void allocate() {
        Pod pod = view.pod();
        Pending refusal = refusal();
        if (refusal == null) {
            pod.spec().containers().forEach(this::allocate);
            pod.spec().initContainers().stream().filter(PodView::isSidecar).forEach(this::allocate);
            memory.pending = null;
            services.deferred().remove(worker);
            memory.progress = new Progress(null, pod.metadata().generation(), view.now());
            services.normal(pod, "ResizeStarted", ResizeText.of("Pod resize started", pod, null));
            return;
        }
        if (!refusal.saysTheSameAs(memory.pending)) {
            memory.pending = refusal;
            boolean isFinal = refusal.reason.equals(INFEASIBLE);
            services.warning(
                    pod,
                    isFinal ? "ResizeInfeasible" : "ResizeDeferred",
                    ResizeText.of("Pod resize " + refusal.reason, pod, refusal.message));
        }
        if (refusal.reason.equals(DEFERRED)) {
            services.deferred().add(worker, requireNonNullElse(pod.spec().nodeName(), ""));
        }
    }

    private void allocate(Container container) {
        ContainerMemory known = memory.of(container.name());
        known.allocated = container.resources();
        known.resizeRetryAt = Instant.MIN;
    }

    private @Nullable Pending refusal() {
        Pod pod = view.pod();
        Map<String, Quantity> allocatable =
                services.nodes().allocatable(pod.spec().nodeName());
        String lacking = lacking(allocatable, PodRequests.MEMORY);
        if (lacking == null) {
            lacking = lacking(allocatable, PodRequests.CPU);
        }
        if (lacking != null) {
            return pending(INFEASIBLE, "Node didn't have enough capacity: " + lacking);
        }
        for (String resource : new String[] {PodRequests.CPU, PodRequests.MEMORY}) {
            long wanted = PodRequests.wanted(pod, resource);
            long capacity = PodRequests.amount(allocatable, resource);
            long used = used(resource);
            if (wanted > capacity - used) {
                return pending(
                        DEFERRED,
                        "Node didn't have enough resource: " + resource + ", requested: " + wanted + ", used: " + used
                                + ", capacity: " + capacity);
            }
        }
        return null;
    }

    private @Nullable String lacking(Map<String, Quantity> allocatable, String resource) {
        long wanted = PodRequests.wanted(view.pod(), resource);
        long capacity = PodRequests.amount(allocatable, resource);
        return wanted > capacity ? resource + ", requested: " + wanted + ", capacity: " + capacity : null;
    }

    private long used(String resource) {
        long used = 0;
        String node = requireNonNullElse(view.pod().spec().nodeName(), "");
        for (Pod other : services.store().podsOnNode(node)) {
            if (!other.isFinished() && !worker.uid().equals(other.metadata().uid())) {
                used += PodRequests.allocated(other, resource);
            }
        }
        return used;
    }

    private Pending pending(String reason, String message) {
        return new Pending(reason, message, view.pod().metadata().generation(), view.now());
    }

    private void completeWhenDone() {
        for (Container container : view.pod().spec().containers()) {
            if (isOpen(container)) {
                return;
            }
        }
        for (Container container : view.pod().spec().initContainers()) {
            if (PodView.isSidecar(container) && isOpen(container)) {
                return;
            }
        }
        memory.progress = null;
        services.normal(view.pod(), "ResizeCompleted", ResizeText.of("Pod resize completed", view.pod(), null));
    }

    private boolean isOpen(Container container) {
        ContainerState state = view.observed().latestCurrent(container.name());
        boolean isToRun = state != null
                && (state.phase() != ContainerState.Phase.EXITED
                        || PodView.isSidecar(container)
                        || Restarts.main(view.pod(), container, state.exitCode()));
        return isToRun && isOpen(memory.of(container.name()));
    }

    /** {@return whether a container has not got yet what was set aside for it} */
    static boolean isOpen(ContainerMemory container) {
        return container.actual != null
                && container.allocated != null
                && !areSame(container.actual, container.allocated);
    }

    /** {@return whether a container must be restarted to get what was set aside for it} */
    static boolean needsRestart(Container container, ContainerMemory known) {
        ResourceRequirements actual = requireNonNullElse(known.actual, ResourceRequirements.EMPTY);
        ResourceRequirements allocated = requireNonNullElse(known.allocated, ResourceRequirements.EMPTY);
        for (ContainerResizePolicy policy : container.resizePolicy()) {
            String resource = policy.resourceName();
            if (policy.restartPolicy().equals("RestartContainer")
                    && (differs(actual.requests(), allocated.requests(), resource)
                            || differs(actual.limits(), allocated.limits(), resource))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areSame(ResourceRequirements one, ResourceRequirements other) {
        return !differs(one.requests(), other.requests(), PodRequests.CPU)
                && !differs(one.requests(), other.requests(), PodRequests.MEMORY)
                && !differs(one.limits(), other.limits(), PodRequests.CPU)
                && !differs(one.limits(), other.limits(), PodRequests.MEMORY);
    }

    private static boolean differs(Map<String, Quantity> one, Map<String, Quantity> other, String resource) {
        return one.containsKey(resource) != other.containsKey(resource)
                || PodRequests.amount(one, resource) != PodRequests.amount(other, resource);
    }

    /** {@return a container with the resources that were set aside for it} */
    @SuppressWarnings("ReferenceEquality") // another instance may be another amount
    static Container allocated(Container container, PodMemory memory) {
        ResourceRequirements allocated = memory.of(container.name()).allocated;
        return allocated == null || allocated == container.resources()
                ? container
                : ContainerBuilder.builder(container).resources(allocated).build();
    }
}
