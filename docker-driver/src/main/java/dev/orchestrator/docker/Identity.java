package dev.orchestrator.docker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who a driver is.
 *
 * @param instance its own id, unique for ever, or that of the state it works for
 * @param orchestrator the name of the orchestrator it works for
 * @param owner the process that it lives in
 * @param node the name of its only node
 * @param keep what says that the state is still there; empty if it works for none
 */
record Identity(String instance, String orchestrator, Owner owner, String node, Optional<Keep> keep) {

    /** {@return the labels of all that the driver makes} */
    Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        labels.put(Labels.INSTANCE, instance);
        labels.put(Labels.ORCHESTRATOR, orchestrator);
        labels.put(Labels.OWNER, owner.text());
        keep.ifPresent(file -> labels.put(Labels.KEEP, file.path().toString()));
        return labels;
    }
}
