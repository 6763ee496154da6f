package dev.orchestrator.api.scheduling;

import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Node;

/**
 * A node as the scheduler sees it at the moment of a decision.
 *
 * <p>Only to be used during the call it is given to.
 */
public interface NodeView {

    /** {@return the stored node} */
    Node node();

    /** {@return the pods that have their place on the node, also those for which that was decided a moment ago} */
    List<ObjectKey> pods();
}
