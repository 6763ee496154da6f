package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.DrainOptions;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;

/** Gets the pods off a node, by the rules of {@code kubectl drain}. */
final class NodeDrain {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final HandleContext context;
    private final String node;
    private final DrainOptions options;
    private final Map<ObjectKey, String> delays = new LinkedHashMap<>();

    NodeDrain(HandleContext context, String node, DrainOptions options) {
        this.context = context;
        this.node = node;
        this.options = options;
    }

    /**
     * Deletes the pods that may go and waits until they are gone.
     *
     * @throws ApiException if there are pods that must not go; then none is deleted
     * @throws AwaitException if pods were still there in the end
     */
    void run(Duration timeout) throws InterruptedException {
        List<Pod> pods = chosen();
        long start = System.nanoTime();
        WatchCursor changes = context.watch(WatchQuery.of(ResourceTypes.POD, ResourceTypes.POD_DISRUPTION_BUDGET));
        try {
            List<Pod> waiting = pods;
            List<Pod> left = pods;
            while (!left.isEmpty()) {
                waiting = waiting.stream().filter(pod -> !isAskedToGo(pod)).toList();
                left = left.stream().filter(this::isThere).toList();
                if (!left.isEmpty() && !changed(changes, timeout.minusNanos(System.nanoTime() - start))) {
                    throw timedOut(left, timeout);
                }
            }
        } finally {
            context.life().release(changes);
        }
    }

    // Whatever has changed, a look at the store tells what is needed: changes that were missed do no harm.
    private boolean changed(WatchCursor changes, Duration left) throws InterruptedException {
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        try {
            return changes.next(left) != null;
        } catch (ApiException expired) {
            return expired.reason() == ApiException.Reason.EXPIRED;
        }
    }

    /** {@return the pods to delete} */
    private List<Pod> chosen() {
        var chosen = new ArrayList<Pod>();
        Map<String, List<String>> refused = new LinkedHashMap<>();
        for (Pod pod : context.store().podsOnNode(node)) {
            if (options.podSelector().matches(pod.metadata().labels()) && !isLeftAlone(pod)) {
                Optional<String> why = refusal(pod);
                if (why.isPresent()) {
                    refused.computeIfAbsent(why.get(), any -> new ArrayList<>())
                            .add(pod.key().toString());
                } else {
                    chosen.add(pod);
                }
            }
        }
        if (!refused.isEmpty()) {
            String errors = refused.entrySet().stream()
                    .map(entry -> "cannot delete " + entry.getKey() + ": " + String.join(", ", entry.getValue()))
                    .collect(Collectors.joining(", "));
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "unable to drain node \"" + node + "\" due to error: "
                            + (refused.size() > 1 ? "[" + errors + "]" : errors));
        }
        return chosen;
    }

    private boolean isLeftAlone(Pod pod) {
        return pod.metadata().annotations().containsKey(MIRROR)
                || (isOfDaemonSet(pod) && !pod.isFinished() && daemonSetExists(pod) && options.ignoresDaemonSets());
    }

    private Optional<String> refusal(Pod pod) {
        if (pod.isFinished()) {
            return Optional.empty();
        }
        if (isOfDaemonSet(pod) && daemonSetExists(pod)) {
            return Optional.of("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)");
        }
        boolean holdsData = pod.spec().volumes().stream().anyMatch(volume -> volume.emptyDir() != null);
        if (holdsData && !options.deletesEmptyDirData()) {
            return Optional.of("Pods with local storage (use --delete-emptydir-data to override)");
        }
        boolean unmanaged = pod.metadata().controller().isEmpty() || isOfDaemonSet(pod);
        if (unmanaged && !options.forced()) {
            return Optional.of("Pods that declare no controller (use --force to override)");
        }
        return Optional.empty();
    }

    private static boolean isOfDaemonSet(Pod pod) {
        return pod.metadata()
                .controller()
                .filter(owner -> owner.kind().equals("DaemonSet"))
                .isPresent();
    }

    private boolean daemonSetExists(Pod pod) {
        Predicate<OwnerReference> exists = owner -> context.store()
                .find(ResourceTypes.DAEMON_SET, new ObjectKey(pod.key().namespace(), owner.name()))
                .isPresent();
        return pod.metadata().controller().filter(exists).isPresent();
    }

    /** {@return whether the pod has been told to go; otherwise it is tried again after the next change} */
    private boolean isAskedToGo(Pod pod) {
        if (!isThere(pod)) {
            return true;
        }
        try {
            Pod present = context.store().get(ResourceTypes.POD, pod.key());
            if (options.evicts()) {
                new Evictions(context).evict(present, deletion(pod));
            } else {
                context.store().delete(ResourceTypes.POD, pod.key(), deletion(pod), HandleContext.WRITE);
            }
            delays.remove(pod.key());
            return true;
        } catch (ApiException refused) {
            return switch (refused.reason()) {
                case NOT_FOUND, CONFLICT -> !isThere(pod); // replaced by another pod of that name, or gone
                case TOO_MANY_REQUESTS -> {
                    delays.put(
                            pod.key(),
                            refused.causes().isEmpty()
                                    ? String.valueOf(refused.getMessage())
                                    : String.valueOf(refused.causes().getFirst().message()));
                    yield false;
                }
                default ->
                    throw ApiException.of(
                            refused.reason(),
                            "error when evicting pods/\"" + pod.key().name() + "\" -n \""
                                    + pod.key().namespace() + "\": " + refused.getMessage(),
                            refused.status().details(),
                            refused);
            };
        }
    }

    private DeleteOptions deletion(Pod pod) {
        Duration grace = options.gracePeriod();
        return DeleteOptionsBuilder.builder()
                .propagationPolicy("Background")
                .gracePeriodSeconds(grace == null ? null : (Long) grace.toSeconds())
                .preconditions(new Preconditions(null, pod.metadata().uidOrEmpty()))
                .build();
    }

    private boolean isThere(Pod pod) {
        return context.store()
                .find(ResourceTypes.POD, pod.key())
                .filter(present ->
                        present.metadata().uidOrEmpty().equals(pod.metadata().uidOrEmpty()))
                .isPresent();
    }

    private AwaitException timedOut(List<Pod> left, Duration timeout) throws InterruptedException {
        var report = new StringBuilder();
        for (Pod pod : left) {
            report.append("  pod ").append(pod.key()).append(":\n");
            String delay = delays.get(pod.key());
            report.append(delay == null ? "" : "    error when evicting: " + delay + "\n");
            report.append(
                    new Explanation(context).of(ResourceTypes.POD, pod.key()).indent(2));
        }
        return new AwaitException(
                AwaitException.Reason.TIMEOUT,
                "node " + node + ": waited to be drained: timed out after " + Ages.exact(timeout) + ", " + left.size()
                        + (left.size() == 1 ? " pod is" : " pods are") + " still there",
                report.toString().stripTrailing());
    }
}
