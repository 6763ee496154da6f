package dev.orchestrator.api.scheduling;

import java.time.Duration;

import dev.orchestrator.api.model.core.Pod;

import static java.util.Objects.requireNonNull;

/**
 * Asked before a pod is bound to its node; may let it wait, for instance until all of its group have a node.
 *
 * <p>Called by the scheduler's only thread, so it must not block; a pod that waits holds nobody up.
 */
@FunctionalInterface
public interface SchedulingPermit {

    /** The answer. */
    sealed interface Answer {

        /** The pod may be bound. */
        record Allow() implements Answer {}

        /** The pod must not be bound; it is tried again later. */
        record Deny(String why) implements Answer {

            /** Refuses null. */
            public Deny {
                requireNonNull(why, "why is null");
            }
        }

        /** The pod waits for {@link Ticket#allow} or {@link Ticket#deny}, at most this long, and is then denied. */
        record Wait(Duration longest) implements Answer {

            /** Refuses null. */
            public Wait {
                requireNonNull(longest, "longest is null");
            }
        }
    }

    /** The waiting of one pod for one rule. For any thread, at any time; only the first call counts. */
    interface Ticket {

        /** Lets the pod be bound, as far as this rule is concerned. */
        void allow();

        /** Keeps the pod from its node; it is tried again later. */
        void deny(String why);
    }

    /**
     * {@return whether the pod may be bound to the node}
     *
     * @param ticket to answer later with, if the pod is to wait
     */
    Answer permit(Pod pod, String node, Ticket ticket);
}
