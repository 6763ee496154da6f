package dev.orchestrator.benchmarks.store;

import java.lang.management.ManagementFactory;
import java.util.List;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.scale.Fleet;
import dev.orchestrator.runtime.store.Admission;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * The heap that a deployment's ready pods take: all in all, and in a store alone, which is given the very pods of a
 * cluster that is gone by then. Argument: how many pods.
 */
final class HeapOfPods {

    private static final WriteRequest WRITE = WriteRequest.by("benchmark");
    private static final int HISTORY = 1024;

    private HeapOfPods() {}

    public static void main(String[] arguments) throws InterruptedException {
        int pods = Integer.parseInt(arguments[0]);
        try (var time = new SystemTime();
                var store = new ObjectStore(
                        time, new AsItIs(), StoreOptions.defaults().withHistory(HISTORY))) {
            fill(store, pods);
            Measured.print(System.out, "stored." + pods, used());
        }
    }

    private static void fill(ObjectStore store, int pods) throws InterruptedException {
        var fleet = new Fleet(pods, 1000, 1);
        List<Pod> ready;
        try (var cluster = fleet.cluster()) {
            fleet.start(cluster);
            Measured.print(System.out, "running." + pods, used());
            ready = cluster.pods().list();
        }
        for (Pod pod : ready) {
            var metadata = ObjectMetaBuilder.builder(pod.metadata())
                    .resourceVersion(null)
                    .uid(null)
                    .build();
            Pod created = store.create(pod.withMetadata(metadata), WRITE);
            store.update(
                    new Pod(created.metadata(), created.spec(), pod.status()),
                    WRITE.on(WriteRequest.Subresource.STATUS));
        }
    }

    static double used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The pods have been admitted once. */
    private static final class AsItIs implements Admission {

        @Override
        public <R extends Resource> R admitCreate(R object, WriteRequest request) {
            return object;
        }

        @Override
        public <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request) {
            return updated;
        }

        @Override
        public <R extends Resource> void admitDelete(R old, WriteRequest request) {}
    }
}
