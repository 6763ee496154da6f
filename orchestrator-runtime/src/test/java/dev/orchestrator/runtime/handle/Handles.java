package dev.orchestrator.runtime.handle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;

/** A view over a real store that nothing else acts on. */
final class Handles {

    final ManualClock clock = new ManualClock();
    /** Remembers few changes, so that a test can fall behind. */
    final ObjectStore store = new ObjectStore(
            clock, new AdmitsEverything(), StoreOptions.defaults().withHistory(64));

    final Lifespan life = new Lifespan("test");
    final TestContainers containers = new TestContainers();
    final ClusterView cluster =
            new ClusterView(new HandleContext(store, clock, containers, new FixedAddresses(), life), "default");

    /** Finds every service, which knows everything. */
    private static final class FixedAddresses implements ServiceAddresses {
        @Override
        public Optional<InetSocketAddress> find(ObjectKey service, ServicePort port) {
            return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000 + port.port()));
        }

        @Override
        public void awaitKnown(List<Pod> pods, Duration limit) {
            // Nothing is on its way.
        }
    }

    <R extends Resource> R status(R object) {
        return store.update(object, WriteRequest.by("test").on(WriteRequest.Subresource.STATUS));
    }
}
