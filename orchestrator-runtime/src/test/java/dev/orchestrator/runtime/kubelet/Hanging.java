package dev.orchestrator.runtime.kubelet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.runtime.kubelet.ScriptedDriver.Fault;

/** Lets one call of the driver hang for those who make it now, and for nobody who comes later. */
final class Hanging {

    private final TestNode node;
    private final Set<String> victims = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    private Hanging(TestNode node) {
        this.node = node;
    }

    /** From now on this call hangs, whatever it is about. */
    static Hanging every(TestNode node, String call, Fault fault) {
        var hanging = new Hanging(node);
        node.driver.faults((made, about) ->
                made.equals(call) && hanging.isMeant(made.equals("sandboxes") ? "all" : about) ? fault : Fault.NONE);
        return hanging;
    }

    private boolean isMeant(String about) {
        if (!isClosed) {
            victims.add(about);
        }
        return victims.contains(about);
    }

    /** Only what has hung until now keeps hanging. */
    void onlyThose() {
        isClosed = true;
    }

    /** The driver answers again; calls that hang deaf come back with what they were to do. */
    void end() throws InterruptedException {
        node.driver.faults((made, about) -> Fault.NONE);
        node.driver.release();
        node.clock.settle();
    }
}
