package dev.orchestrator.runtime.controller.resourcequota;

import java.time.Duration;
import java.time.Instant;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceQuotaBuilder;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Reports in the status of each quota what its account says, and stops charging for pods that should have ended. */
public final class ResourceQuotaController implements Controller {

    private final ObjectStore store;
    private final TimeSource time;
    private final QuotaLedger ledger;
    private final WriteRequest statusRequest =
            WriteRequest.ofController("resourcequota-controller").on(Subresource.STATUS);

    /**
     * Creates the controller; it works once connected.
     *
     * @param ledger the one that the store keeps
     */
    public ResourceQuotaController(ObjectStore store, TimeSource time, QuotaLedger ledger) {
        this.store = store;
        this.time = time;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "resourcequota";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> quotas = wiring.queue("resourcequota", 1, this::report);
        WorkQueue<ObjectKey> pods = wiring.queue("resourcequota-overdue", 1, key -> reassess(key, quotas));
        for (ResourceType<?> type : ResourceTypes.stored()) {
            if (type.isNamespaced()) {
                wiring.watch(type, change -> changed(change, quotas));
            }
        }
        wiring.watch(
                ResourceTypes.RESOURCE_QUOTA,
                change -> quotas.add(change.object().key()));
        wiring.watch(ResourceTypes.POD, change -> podChanged(change, pods));
    }

    private void changed(Change<?> change, WorkQueue<ObjectKey> quotas) {
        Resource object = change.object();
        ledger.unreported(object.metadata().namespaceOrEmpty()).forEach(quotas::add);
    }

    private void podChanged(Change<Pod> change, WorkQueue<ObjectKey> pods) {
        Pod pod = change.after();
        if (pod != null
                && pod.metadata().isTerminating()
                && !pod.isFinished()
                && ledger.keepsAccountOf(pod.metadata().namespaceOrEmpty())) {
            Instant due = QuotaUsage.dueAt(pod.metadata());
            if (due != null) {
                // It is overdue once that moment has passed.
                pods.addAfter(pod.key(), Duration.between(time.instant(), due).plusMillis(1));
            }
        }
    }

    private Outcome reassess(ObjectKey key, WorkQueue<ObjectKey> quotas) {
        store.find(ResourceTypes.POD, key).ifPresent(ledger::reassess);
        ledger.unreported(key.namespace()).forEach(quotas::add);
        return Outcome.done();
    }

    private Outcome report(ObjectKey key) {
        ledger.report(key)
                .ifPresent(status -> ignoringAbsence(() -> store.edit(
                        ResourceTypes.RESOURCE_QUOTA,
                        key,
                        statusRequest,
                        quota -> quota.status().equals(status)
                                ? quota
                                : ResourceQuotaBuilder.builder(quota)
                                        .status(status)
                                        .build())));
        return Outcome.done();
    }

    private static void ignoringAbsence(Runnable write) {
        try {
            write.run();
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
