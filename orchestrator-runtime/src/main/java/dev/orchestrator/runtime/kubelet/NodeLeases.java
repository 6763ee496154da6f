package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.coordination.LeaseBuilder;
import dev.orchestrator.api.model.coordination.LeaseSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReferenceBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every ten seconds, by a lease for each node that is up, that the node is alive. One timer serves all nodes;
 * those of a large cluster take turns, so that their renewals do not come all at once.
 */
final class NodeLeases {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLeases.class);
    private static final String NAMESPACE = "kube-node-lease";
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(10);
    private static final Duration FIRST_AFTER = Duration.ofSeconds(1);
    private static final int LASTS_SECONDS = 40;
    private static final int MOST_TURNS = 10;
    private static final int NODES_A_TURN = 500;

    /** So few are renewed at once by the thread that has the timers. */
    private static final int FEW_NODES = 16;

    private static final WriteRequest WRITE = WriteRequest.by("kubelet");

    private final ObjectStore store;
    private final TimeSource time;
    private final Runners runners;
    private final NodeDirectory nodes;
    private volatile boolean closed;
    private volatile TimeSource.@Nullable Timer timer;

    // Touched by one round after another only.
    private List<String> round = List.of();
    private int turn;
    private int turns = 1;

    NodeLeases(ObjectStore store, TimeSource time, Runners runners, NodeDirectory nodes) {
        this.store = store;
        this.time = time;
        this.runners = runners;
        this.nodes = nodes;
    }

    void start() {
        schedule(FIRST_AFTER);
    }

    void close() {
        closed = true;
        TimeSource.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
        }
    }

    private void schedule(Duration delay) {
        if (!closed) {
            timer = time.schedule(delay, this::due);
            if (closed) {
                close();
            }
        }
    }

    private void due() {
        if (nodes.size() <= FEW_NODES && !store.waitsForDisk()) {
            takeTurn();
        } else {
            runners.start("kubelet/leases", this::takeTurn);
        }
    }

    private void takeTurn() {
        if (turn == 0) {
            round = nodes.ready();
            turns = Math.clamp(round.size() / NODES_A_TURN, 1, MOST_TURNS);
        }
        int size = round.size();
        int from = (int) ((long) size * turn / turns);
        int to = (int) ((long) size * (turn + 1) / turns);
        Duration pause = RENEWED_EVERY.dividedBy(turns);
        turn = (turn + 1) % turns;
        schedule(pause);
        var now = new MicroTime(time.instant());
        for (String node : round.subList(from, to)) {
            renew(node, now);
        }
    }

    private void renew(String node, MicroTime now) {
        if (closed || !nodes.isReady(node)) {
            return;
        }
        var key = new ObjectKey(NAMESPACE, node);
        try {
            if (store.find(ResourceTypes.LEASE, key).isEmpty()) {
                create(node, now);
            } else {
                store.edit(ResourceTypes.LEASE, key, WRITE, lease -> renewed(lease, node, now));
            }
        } catch (ApiException e) {
            // Its namespace is going, or somebody was faster: the next round tries again.
            LOG.debug("the lease of node {} is not renewed: {}", node, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("the lease of node {} is not renewed, is tried again in {}", node, RENEWED_EVERY, e);
        }
    }

    private void create(String node, MicroTime now) {
        String owner = store.find(ResourceTypes.NODE, ObjectKey.cluster(node))
                .map(found -> found.metadata().uidOrEmpty())
                .orElse("");
        if (owner.isEmpty()) {
            return;
        }
        store.create(
                LeaseBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace(NAMESPACE)
                                .name(node)
                                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                        .apiVersion("v1")
                                        .kind("Node")
                                        .name(node)
                                        .uid(owner)
                                        .build()))
                                .build())
                        .spec(LeaseSpecBuilder.builder()
                                .holderIdentity(node)
                                .leaseDurationSeconds(LASTS_SECONDS)
                                .renewTime(now)
                                .build())
                        .build(),
                WRITE);
    }

    private static Lease renewed(Lease lease, String node, MicroTime now) {
        return LeaseBuilder.builder(lease)
                .spec(LeaseSpecBuilder.builder(lease.spec())
                        .holderIdentity(node)
                        .leaseDurationSeconds(LASTS_SECONDS)
                        .renewTime(now)
                        .build())
                .build();
    }
}
