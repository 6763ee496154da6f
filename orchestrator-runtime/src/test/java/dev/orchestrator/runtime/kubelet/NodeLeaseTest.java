package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.runtime.store.CommitLog;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.StoredState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeLeaseTest {

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Lease lease(String name) {
        return node.store.get(ResourceTypes.LEASE, new ObjectKey("kube-node-lease", name));
    }

    @Test
    void aNodeHoldsALeaseOfFortySeconds() throws InterruptedException {
        node.advance(Duration.ofSeconds(1));

        Lease lease = lease("node-1");
        assertThat(lease.spec().holderIdentity()).isEqualTo("node-1");
        assertThat(lease.spec().leaseDurationSeconds()).isEqualTo(40);
        assertThat(lease.spec().renewTime()).isEqualTo(new MicroTime(node.clock.instant()));
        assertThat(lease.metadata().ownerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.kind()).isEqualTo("Node");
            assertThat(owner.uid())
                    .isEqualTo(node.store
                            .get(ResourceTypes.NODE, ObjectKey.cluster("node-1"))
                            .metadata()
                            .uid());
        });
    }

    @Test
    void itIsRenewedEveryTenSecondsAndNotOtherwise() throws InterruptedException {
        node.advance(Duration.ofSeconds(1));
        MicroTime first = lease("node-1").spec().renewTime();

        node.advance(Duration.ofSeconds(9));
        assertThat(lease("node-1").spec().renewTime()).isEqualTo(first);

        long before = node.store.revision();
        node.advance(Duration.ofSeconds(1));
        assertThat(lease("node-1").spec().renewTime()).isEqualTo(new MicroTime(node.clock.instant()));
        assertThat(node.store.revision()).isEqualTo(before + 1);
    }

    /** Keeps nothing, and notes which threads have waited for it. */
    private static final class Disk implements CommitLog {

        final Set<Thread> waited = ConcurrentHashMap.newKeySet();

        @Override
        public StoredState recovered() {
            return StoredState.NOTHING;
        }

        @Override
        public void start(Supplier<StoredState> source) {}

        @Override
        public void check() {}

        @Override
        public void append(StoreEvent commit) {}

        @Override
        public void await(long revision) {
            waited.add(Thread.currentThread());
        }
    }

    @Test
    void timersDoNotWaitForTheDisk() throws InterruptedException {
        var disk = new Disk();
        try (var kept = new TestNode(KubeletOptions.standard(), disk).start()) {
            disk.waited.clear();

            // The timers of a manual clock are called by who advances it.
            kept.advance(Duration.ofSeconds(21));

            assertThat(disk.waited).isNotEmpty().doesNotContain(Thread.currentThread());
            assertThat(kept.store.list(ResourceTypes.LEASE)).hasSize(1);
        }
    }

    @Test
    void aNodeThatIsDownIsNotSaidToBeAlive() throws InterruptedException {
        node.advance(Duration.ofSeconds(1));
        MicroTime last = lease("node-1").spec().renewTime();

        node.driver.node("node-1", false);
        node.advance(Duration.ofSeconds(60));
        assertThat(lease("node-1").spec().renewTime()).isEqualTo(last);

        node.driver.node("node-1", true);
        node.advance(Duration.ofSeconds(10));
        assertThat(lease("node-1").spec().renewTime()).isGreaterThan(last);
    }

    @Test
    void theNodesOfALargeClusterTakeTurns() throws InterruptedException {
        for (int i = 2; i <= 1000; i++) {
            node.driver.node("node-" + i, true);
        }
        node.advance(Duration.ofSeconds(1));
        int half = node.store.list(ResourceTypes.LEASE).size();

        node.advance(Duration.ofSeconds(5));

        assertThat(half).isEqualTo(500);
        assertThat(node.store.list(ResourceTypes.LEASE)).hasSize(1000);
    }

    @Test
    void nothingIsWrittenOnceTheKubeletIsClosed() throws InterruptedException {
        node.advance(Duration.ofSeconds(1));
        long before = node.store.revision();

        node.kubelet().close();
        node.advance(Duration.ofSeconds(60));

        assertThat(node.store.revision()).isEqualTo(before);
    }
}
