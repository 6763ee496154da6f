package dev.orchestrator.docker;

import java.util.HashMap;
import java.util.Map;

/**
 * Who a driver is.
 *
 * @param instance its own id, unique for ever
 * @param orchestrator the name of the orchestrator it works for
 * @param owner the process that it lives in
 * @param node the name of its only node
 */
record Identity(String instance, String orchestrator, Owner owner, String node) {

    /** {@return the labels of all that the driver makes} */
    Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        labels.put(Labels.INSTANCE, instance);
        labels.put(Labels.ORCHESTRATOR, orchestrator);
        labels.put(Labels.OWNER, owner.text());
        return labels;
    }
}
