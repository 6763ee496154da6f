package dev.orchestrator.runtime.stress;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.ContainerProgram;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchListener;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the pods of one stateful set at every revision, and at the processes in them, and remembers what was wrong:
 * two of one name, one that came before those below it were well, or more out of service than an update may take.
 */
public final class OrdinalWitness implements WatchListener {

    /** The variable that tells the programs whose they are. */
    public static final String POD_UID = "POD_UID";

    private static final int ENOUGH = 20;

    private final Map<String, String> running = new ConcurrentHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Set<String> deletedByUser = ConcurrentHashMap.newKeySet();
    private final Map<String, Pod> pods = new HashMap<>();
    private final InstantSource time;
    private @Nullable StatefulSet set;

    /** Tells by this time whether pods have been ready for long enough. */
    public OrdinalWitness(InstantSource time) {
        this.time = time;
    }

    /**
     * {@return a program that takes a while to start, and says while it runs for which pod: it needs the pod's uid in
     * its environment}
     */
    public ContainerProgram program(Duration start) {
        return context -> {
            String uid = context.env().getOrDefault(POD_UID, "");
            String other = running.put(context.podName(), uid);
            if (other != null && !other.equals(uid)) {
                report(context.podName() + " runs twice");
            }
            try {
                context.sleep(start);
                return context.awaitStop();
            } finally {
                running.remove(context.podName(), uid);
            }
        };
    }

    /** Says that the test is about to delete the pod of that uid. */
    public void willDelete(String uid) {
        deletedByUser.add(uid);
    }

    /** {@return what was wrong} */
    public Collection<String> problems() {
        return problems;
    }

    private void report(String problem) {
        if (problems.size() < ENOUGH) {
            problems.add(problem);
        }
    }

    @Override
    public void onEvent(StoreEvent event) {
        if (event.object() instanceof StatefulSet changed) {
            set = changed;
        } else if (event.object() instanceof Pod pod) {
            look(event, pod);
        }
    }

    private void look(StoreEvent event, Pod pod) {
        StatefulSet wanted = set;
        String name = pod.metadata().nameOrEmpty();
        if (event.kind() == StoreEvent.Kind.DELETED) {
            pods.remove(name);
            return;
        }
        Pod before = pods.put(name, pod);
        if (wanted == null) {
            return;
        }
        if (before == null) {
            added(wanted, pod, event.revision());
        } else if (pod.metadata().isTerminating() && !before.metadata().isTerminating()) {
            terminated(wanted, before, event.revision());
        }
    }

    private boolean isUp(StatefulSet wanted, @Nullable Pod pod) {
        return pod != null
                && !pod.metadata().isTerminating()
                && pod.isAvailable(Duration.ofSeconds(wanted.spec().minReadySeconds()), time.instant());
    }

    private static int ordinal(Pod pod) {
        String name = pod.metadata().nameOrEmpty();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static boolean isOrdered(StatefulSet wanted) {
        return "OrderedReady".equals(wanted.spec().podManagementPolicy());
    }

    private void added(StatefulSet wanted, Pod pod, long revision) {
        int first = wanted.firstOrdinal();
        int ordinal = ordinal(pod);
        if (ordinal < first || ordinal >= first + wanted.desiredReplicas()) {
            report("revision " + revision + ": " + ordinal + " came and is not wanted");
        }
        for (int lower = first; isOrdered(wanted) && lower < ordinal; lower++) {
            Pod below = pods.get("db-" + lower);
            if (!isUp(wanted, below)) {
                report("revision " + revision + ": " + ordinal + " came before " + lower + " was well");
            }
        }
    }

    /** What the controller does by itself must leave enough in service. */
    private void terminated(StatefulSet wanted, Pod before, long revision) {
        int first = wanted.firstOrdinal();
        int last = first + wanted.desiredReplicas() - 1;
        int ordinal = ordinal(before);
        if (deletedByUser.contains(before.metadata().uidOrEmpty()) || !isUp(wanted, before)) {
            return;
        }
        if (ordinal < first || ordinal > last) {
            condemned(wanted, ordinal, revision);
            return;
        }
        int out = 0;
        for (int each = first; each <= last; each++) {
            Pod pod = pods.get("db-" + each);
            out += isUp(wanted, pod) ? 0 : 1;
        }
        if (out > maxUnavailable(wanted)) {
            report("revision " + revision + ": " + ordinal + " was taken out of service, and so are " + out);
        }
    }

    private void condemned(StatefulSet wanted, int ordinal, long revision) {
        for (Pod other : pods.values()) {
            boolean isAbove =
                    ordinal(other) > ordinal && ordinal(other) >= wanted.firstOrdinal() + wanted.desiredReplicas();
            if (isOrdered(wanted) && isAbove) {
                report("revision " + revision + ": " + ordinal + " went before " + ordinal(other) + " had");
            }
        }
    }

    private static int maxUnavailable(StatefulSet wanted) {
        var rolling = wanted.spec().updateStrategy().rollingUpdate();
        IntOrString most = rolling == null ? null : rolling.maxUnavailable();
        return most == null ? 1 : Math.max(1, most.scaledDown(wanted.desiredReplicas()));
    }
}
