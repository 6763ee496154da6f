package dev.orchestrator.runtime;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.runtime.handle.ClusterView;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.handle.Evictions;
import dev.orchestrator.runtime.handle.ServiceAddresses;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.disk.StateDirectory;

/** A running orchestrator: the handles on one side, the parts behind them on the other. */
final class LocalOrchestrator extends ClusterView implements Orchestrator, ServedCluster {

    private final Parts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalOrchestrator(Parts parts, String namespace) {
        super(parts.handleContext(), namespace);
        this.parts = parts;
    }

    /** {@return an orchestrator whose loops run; when it fails nothing is left behind} */
    static LocalOrchestrator start(OrchestratorOptions options) throws InterruptedException {
        var parts = parts(options);
        var started = false;
        try {
            parts.start();
            started = true;
            return new LocalOrchestrator(parts, options.namespace());
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static Parts parts(OrchestratorOptions options) {
        Path directory = options.stateDirectory();
        if (directory == null) {
            return new Parts(options, null);
        }
        var state = StateDirectory.open(directory, options.name(), new StoredJson());
        var made = false;
        try {
            var parts = new Parts(options, state);
            made = true;
            return parts;
        } finally {
            if (!made) {
                state.close();
            }
        }
    }

    @Override
    public ObjectStore store() {
        return parts.handleContext().store();
    }

    @Override
    public MetricsSource metrics() {
        return parts.metrics();
    }

    @Override
    public ContainerAccess containers() {
        return parts.handleContext().containers();
    }

    @Override
    public ServiceAddresses serviceAddresses() {
        return parts.handleContext().services();
    }

    @Override
    public void evict(Pod pod, DeleteOptions options, WriteRequest request) {
        new Evictions(parts.handleContext()).evict(pod, options, request);
    }

    @Override
    public void bind(ObjectKey pod, String node, WriteRequest request) {
        new Bindings(store(), time()).bind(pod, node, request);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.close();
        }
    }
}
