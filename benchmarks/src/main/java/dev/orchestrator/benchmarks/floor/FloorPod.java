package dev.orchestrator.benchmarks.floor;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The least a stored pod can be: its own names and its state; everything else is shared by all of them.
 *
 * @param number which of the pods it is
 * @param name under which it is stored
 * @param uid that no other has
 * @param labels shared
 * @param created when it was made
 * @param node where it runs
 * @param startedAt since when
 * @param phase how far it is
 * @param revision of its last change
 * @param stamp what a benchmark likes to find again
 */
public record FloorPod(
        int number,
        String name,
        UUID uid,
        Map<String, String> labels,
        Instant created,
        @Nullable String node,
        @Nullable Instant startedAt,
        String phase,
        long revision,
        long stamp) {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front", "version", "1");

    /** {@return a new pod} */
    public static FloorPod numbered(int number) {
        return new FloorPod(
                number,
                "default/web-" + number,
                new UUID(number, number),
                LABELS,
                Instant.now(),
                null,
                null,
                "Pending",
                0,
                0);
    }

    /** {@return the pod with that revision} */
    public FloorPod at(long next) {
        return new FloorPod(number, name, uid, labels, created, node, startedAt, phase, next, stamp);
    }

    /** {@return the pod on that node} */
    public FloorPod on(String place) {
        return new FloorPod(number, name, uid, labels, created, place, startedAt, phase, revision, stamp);
    }

    /** {@return the pod as it runs} */
    public FloorPod running() {
        return new FloorPod(number, name, uid, labels, created, node, Instant.now(), "Running", revision, stamp);
    }

    /** {@return the pod with that stamp} */
    public FloorPod stamped(long value) {
        return new FloorPod(number, name, uid, labels, created, node, startedAt, phase, revision, value);
    }
}
