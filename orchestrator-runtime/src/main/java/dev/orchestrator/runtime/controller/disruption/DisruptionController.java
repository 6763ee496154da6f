package dev.orchestrator.runtime.controller.disruption;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.runtime.claim.SelectorIndex;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Says of each disruption budget how many pods may go now. */
public final class DisruptionController implements Controller {

    private static final int WORKERS = 2;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;

    /** Creates the controller; it works once connected. */
    public DisruptionController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return "disruption-controller";
    }

    @Override
    public void connect(Wiring wiring) {
        var changes = new Changes(
                wiring.queue("disruption", WORKERS, new BudgetReconciler(store, time, events)),
                wiring.queue("disruption-stale", 1, new StaleDisruptions(store, time)));
        wiring.watch(ResourceTypes.POD_DISRUPTION_BUDGET, changes::budgetChanged);
        wiring.watch(ResourceTypes.POD, changes::podChanged);
        wiring.watch(
                ResourceTypes.DEPLOYMENT,
                change -> changes.scaleChanged(
                        change,
                        it -> it.spec().replicas(),
                        it -> it.spec().template().metadata().labels()));
        wiring.watch(
                ResourceTypes.REPLICA_SET,
                change -> changes.scaleChanged(
                        change,
                        it -> it.spec().replicas(),
                        it -> it.spec().template().metadata().labels()));
        wiring.watch(
                ResourceTypes.STATEFUL_SET,
                change -> changes.scaleChanged(
                        change,
                        it -> it.spec().replicas(),
                        it -> it.spec().template().metadata().labels()));
    }

    /** Maps changes to the budgets they concern; all on the one thread that hands out changes. */
    private static final class Changes {

        private final WorkQueue<ObjectKey> budgets;
        private final WorkQueue<ObjectKey> stale;
        private final SelectorIndex selectors = new SelectorIndex();

        Changes(WorkQueue<ObjectKey> budgets, WorkQueue<ObjectKey> stale) {
            this.budgets = budgets;
            this.stale = stale;
        }

        void budgetChanged(Change<PodDisruptionBudget> change) {
            PodDisruptionBudget after = change.after();
            if (after == null) {
                selectors.remove(change.object().key());
                return;
            }
            selectors.put(after.key(), Selector.of(after.spec().selector()));
            budgets.add(after.key());
        }

        void podChanged(Change<Pod> change) {
            Pod before = change.before();
            Pod after = change.after();
            if (before == null || after == null || matters(before, after)) {
                concerned(before, after).forEach(budgets::add);
            }
            if (after != null && StaleDisruptions.staleAt(after).isPresent()) {
                stale.add(after.key());
            }
        }

        private static boolean matters(Pod before, Pod after) {
            return before.isReady() != after.isReady()
                    || before.metadata().isTerminating() != after.metadata().isTerminating()
                    || !before.metadata().labels().equals(after.metadata().labels())
                    || !before.metadata()
                            .ownerReferences()
                            .equals(after.metadata().ownerReferences());
        }

        private Set<ObjectKey> concerned(@Nullable Pod before, @Nullable Pod after) {
            var keys = new HashSet<ObjectKey>();
            for (Pod pod : new Pod[] {before, after}) {
                if (pod != null) {
                    keys.addAll(selectors.matching(
                            pod.metadata().namespaceOrEmpty(), pod.metadata().labels()));
                }
            }
            return keys;
        }

        /** A new scale is a new percentage, though no pod may have come or gone yet. */
        <R extends Resource> void scaleChanged(
                Change<R> change, Function<R, @Nullable Integer> replicas, Function<R, Map<String, String>> labels) {
            R before = change.before();
            R after = change.after();
            boolean isSame =
                    before != null && after != null && Objects.equals(replicas.apply(before), replicas.apply(after));
            if (!isSame) {
                R owner = change.object();
                selectors
                        .matching(owner.metadata().namespaceOrEmpty(), labels.apply(owner))
                        .forEach(budgets::add);
            }
        }
    }
}
