package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

/** Something that may still be done for a pod that no node takes. */
public interface PostFilterPlugin {

    /** What comes of it. */
    sealed interface Outcome {

        /** The pod will fit on the node once these pods are gone; they are deleted now. */
        record Nominated(NodeInfo node, List<PlacedPod> victims) implements Outcome {

            /** Copies the list. */
            public Nominated {
                victims = List.copyOf(victims);
            }
        }

        /**
         * Nothing can be done.
         *
         * @param why a sentence for the pod's condition
         * @param keepsNomination whether a node that the pod waits for already stays reserved
         */
        record Hopeless(String why, boolean keepsNomination) implements Outcome {}
    }

    /** {@return the name by which messages and configuration call it} */
    String name();

    /**
     * {@return what can be done for a pod}
     *
     * @param refusals of all nodes that were looked at
     * @param trial to see what would be if pods were gone
     */
    Outcome postFilter(PodInfo pod, List<Refusal> refusals, Trial trial);
}
