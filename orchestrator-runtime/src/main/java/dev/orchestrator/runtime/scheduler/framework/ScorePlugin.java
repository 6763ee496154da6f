package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A preference among the nodes that can run a pod. */
public interface ScorePlugin {

    /** The best score of a node, before weights. */
    long MAX_SCORE = 100;

    /** {@return the name by which configuration calls it} */
    String name();

    /** {@return how much its scores count} */
    int weight();

    /** {@return the scoring of these nodes for this pod; null when the plug-in has no preference among them} */
    @Nullable
    NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible);

    /** A preference applied to one pod. */
    @FunctionalInterface
    interface NodeScorer {

        /** {@return how much the node is preferred, more is better; within 0 and 100 after {@link #normalize}} */
        long score(NodeInfo node);

        /** Brings the scores of all nodes, in place, between 0 and 100. */
        default void normalize(long[] scores) {}
    }

    /** A preference that counts something, scaled so that the greatest count is the best score. */
    @FunctionalInterface
    interface MoreIsBetter extends NodeScorer {

        @Override
        default void normalize(long[] scores) {
            long max = greatest(scores);
            for (int i = 0; i < scores.length; i++) {
                scores[i] = max == 0 ? 0 : scores[i] * MAX_SCORE / max;
            }
        }
    }

    /** A preference that counts something, scaled so that the greatest count is the worst score. */
    @FunctionalInterface
    interface LessIsBetter extends NodeScorer {

        @Override
        default void normalize(long[] scores) {
            long max = greatest(scores);
            for (int i = 0; i < scores.length; i++) {
                scores[i] = max == 0 ? MAX_SCORE : MAX_SCORE - scores[i] * MAX_SCORE / max;
            }
        }
    }

    /** A preference of any range, scaled so that the least score is the worst and the greatest the best. */
    @FunctionalInterface
    interface FullRange extends NodeScorer {

        @Override
        default void normalize(long[] scores) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (long score : scores) {
                least = Math.min(least, score);
                most = Math.max(most, score);
            }
            double range = (double) most - least;
            for (int i = 0; i < scores.length; i++) {
                scores[i] = range > 0 ? (long) (MAX_SCORE * (((double) scores[i] - least) / range)) : 0;
            }
        }
    }

    private static long greatest(long[] scores) {
        long max = 0;
        for (long score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }
}
