package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Pod;

/**
 * How many replicas bring a metric to its target: pure arithmetic.
 *
 * <p>Source of the formulas: {@code k8s.io/kubernetes/pkg/controller/podautoscaler/replica_calculator.go}. The basic
 * one is {@code ceil(pods x usage / target)}: four pods that use 90 % where 60 % is the target become ceil(4 x 1.5) =
 * 6. Figures that are missing never make a change larger, and never turn it around.
 */
final class ReplicaCalculator {

    private static final int PERCENT = 100;

    private final int current;
    private final List<Pod> pods;
    private final Tolerance tolerance;
    private final PodGroups.Youth youth;

    /**
     * Calculates for one target.
     *
     * @param current how many replicas it is to have now
     * @param pods those that its selector selects
     */
    ReplicaCalculator(int current, List<Pod> pods, Tolerance tolerance, PodGroups.Youth youth) {
        this.current = current;
        this.pods = pods;
        this.tolerance = tolerance;
        this.youth = youth;
    }

    /**
     * What a metric calls for.
     *
     * @param replicas how many replicas
     * @param milli what was measured, in thousandths: per pod if the target is
     * @param utilization the same as a share of what is requested, in percent; 0 if that is not what is asked
     */
    record Proposal(int replicas, long milli, int utilization) {}

    /** How usage relates to its target. */
    private record Ratio(double value, long milli, int utilization) {}

    /** Relates some figures to the target. */
    private interface Yardstick {
        Ratio of(Map<String, Measured> metrics) throws UnknownMetricException;

        /** {@return what a pod without a figure is assumed to use when that must not lead to fewer pods} */
        long assumed(String pod);
    }

    /**
     * {@return how many replicas bring the use of a resource to a share of what is requested}
     *
     * @param requests what each pod requests, in thousandths
     * @param target in percent
     */
    Proposal byUtilization(Map<String, Measured> metrics, Map<String, Long> requests, int target, String resource)
            throws UnknownMetricException {
        return byPods(metrics, resource, new Yardstick() {
            @Override
            public Ratio of(Map<String, Measured> counted) throws UnknownMetricException {
                return utilization(counted, requests, target);
            }

            @Override
            public long assumed(String pod) {
                return requests.getOrDefault(pod, 0L) * Math.max(PERCENT, target) / PERCENT;
            }
        });
    }

    private static Ratio utilization(Map<String, Measured> counted, Map<String, Long> requests, int target)
            throws UnknownMetricException {
        long used = 0;
        long requested = 0;
        int count = 0;
        for (Map.Entry<String, Measured> metric : counted.entrySet()) {
            Long request = requests.get(metric.getKey());
            if (request != null) {
                used += metric.getValue().milli();
                requested += request;
                count++;
            }
        }
        if (requested == 0) {
            throw new UnknownMetricException("no metrics returned matched known pods");
        }
        // Whole percents, as Kubernetes counts: a third is 33.
        int share = (int) (used * PERCENT / requested);
        return new Ratio((double) share / target, used / count, share);
    }

    /**
     * {@return how many replicas bring the average of a metric of pods to its target}
     *
     * @param target in thousandths
     * @param resource what is measured; empty for metrics that are no resource
     */
    Proposal byAverage(Map<String, Measured> metrics, long target, String resource) throws UnknownMetricException {
        return byPods(metrics, resource, new Yardstick() {
            @Override
            public Ratio of(Map<String, Measured> counted) {
                long total =
                        counted.values().stream().mapToLong(Measured::milli).sum();
                long average = total / counted.size();
                return new Ratio((double) average / target, average, 0);
            }

            @Override
            public long assumed(String pod) {
                return target;
            }
        });
    }

    private Proposal byPods(Map<String, Measured> metrics, String resource, Yardstick yardstick)
            throws UnknownMetricException {
        requirePods();
        PodGroups groups = PodGroups.of(pods, metrics, resource, youth);
        var counted = new HashMap<>(metrics);
        counted.keySet().removeAll(groups.ignored());
        counted.keySet().removeAll(groups.unready());
        if (counted.isEmpty()) {
            throw new UnknownMetricException("did not receive metrics for targeted pods (pods might be unready)");
        }
        Ratio ratio = yardstick.of(counted);
        boolean isUpWithUnready = !groups.unready().isEmpty() && ratio.value() > 1;
        if (!isUpWithUnready && groups.missing().isEmpty()) {
            int replicas = tolerance.covers(ratio.value()) ? current : ceil(ratio.value() * groups.ready());
            return new Proposal(replicas, ratio.milli(), ratio.utilization());
        }
        assume(counted, groups.missing(), ratio, yardstick);
        if (isUpWithUnready) {
            groups.unready().forEach(pod -> counted.put(pod, nothing()));
        }
        return new Proposal(
                cautious(ratio.value(), yardstick.of(counted).value(), counted.size()),
                ratio.milli(),
                ratio.utilization());
    }

    /** What is not known works against the change: the pod uses all it should when others use little, else nothing. */
    private void assume(Map<String, Measured> counted, Set<String> missing, Ratio ratio, Yardstick yardstick) {
        for (String pod : missing) {
            if (ratio.value() < 1) {
                counted.put(pod, new Measured(yardstick.assumed(pod), youth.now(), Duration.ZERO));
            } else if (ratio.value() > 1) {
                counted.put(pod, nothing());
            }
        }
    }

    private Measured nothing() {
        return new Measured(0, youth.now(), Duration.ZERO);
    }

    /** No change if the assumptions make it too small or turn it around. */
    private int cautious(double measured, double assumed, int count) {
        if (tolerance.covers(assumed) || (measured < 1 && assumed > 1) || (measured > 1 && assumed < 1)) {
            return current;
        }
        int replicas = ceil(assumed * count);
        boolean isTurned = (assumed < 1 && replicas > current) || (assumed > 1 && replicas < current);
        return isTurned ? current : replicas;
    }

    /** {@return how many replicas bring a value that they all share to its target, both in thousandths} */
    Proposal byValue(long value, long target) throws UnknownMetricException {
        double ratio = (double) value / target;
        if (current == 0) {
            return new Proposal(ceil(ratio), value, 0);
        }
        if (tolerance.covers(ratio)) {
            return new Proposal(current, value, 0);
        }
        requirePods();
        long ready = pods.stream()
                .filter(pod -> "Running".equals(pod.status().phase()) && pod.isReady())
                .count();
        return new Proposal(ceil(ratio * ready), value, 0);
    }

    /**
     * {@return how many replicas share a value so that each has its target, both in thousandths}
     *
     * @param present how many replicas there are
     */
    Proposal byShare(long value, long target, int present) {
        double ratio = value / ((double) target * present);
        int replicas = tolerance.covers(ratio) ? present : ceil((double) value / target);
        long share = present == 0 ? value : (long) Math.ceil((double) value / present);
        return new Proposal(replicas, share, 0);
    }

    private void requirePods() throws UnknownMetricException {
        if (pods.isEmpty()) {
            throw new UnknownMetricException("no pods returned by selector while calculating replica count");
        }
    }

    /** More than an int holds is as good as the most it holds: bounds follow. */
    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }
}
