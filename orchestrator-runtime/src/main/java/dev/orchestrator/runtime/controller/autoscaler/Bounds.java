package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import dev.orchestrator.api.model.autoscaling.HPAScalingRules;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.runtime.controller.autoscaler.History.Recommendation;
import dev.orchestrator.runtime.controller.autoscaler.History.Rescale;

/**
 * Brings a wanted number within what an autoscaler may do: pure arithmetic.
 *
 * <p>Source of the rules: {@code k8s.io/kubernetes/pkg/controller/podautoscaler/horizontal.go}.
 */
final class Bounds {

    private static final int LEAST_STEP = 4;
    private static final double PERCENT = 100;
    private static final String WITHIN = "the desired count is within the acceptable range";
    private static final Outcome IN_RANGE = new Outcome(0, "DesiredWithinRange", WITHIN);
    private static final String TOO_FAST_UP =
            "the desired replica count is increasing faster than the maximum scale rate";
    private static final String TOO_FAST_DOWN =
            "the desired replica count is decreasing faster than the maximum scale rate";
    private static final String TOO_MANY = "the desired replica count is more than the maximum replica count";
    private static final String TOO_FEW = "the desired replica count is less than the minimum replica count";
    private static final String WERE_HIGHER =
            "recent recommendations were higher than current one, applying the highest recent recommendation";
    private static final String WERE_LOWER =
            "recent recommendations were lower than current one, applying the lowest recent recommendation";
    private static final String READY = "recommended size matches current size";

    /**
     * A number and why it is that.
     *
     * @param replicas how many
     * @param reason in Kubernetes' words
     * @param message in Kubernetes' words
     */
    record Outcome(int replicas, String reason, String message) {

        private Outcome with(int count) {
            return new Outcome(count, reason, message);
        }
    }

    /**
     * What becomes of a wanted number.
     *
     * @param stabilized after recent recommendations have been regarded
     * @param limited after all bounds have been
     */
    record Normalized(Outcome stabilized, Outcome limited) {

        boolean isLimited() {
            return stabilized.replicas() != limited.replicas();
        }
    }

    private final HorizontalPodAutoscalerSpec spec;
    private final Duration standardWindow;
    private final History history;
    private final Instant now;

    /**
     * Applies the bounds of one autoscaler.
     *
     * @param standardWindow over how long the highest recommendation counts unless the autoscaler says
     */
    Bounds(HorizontalPodAutoscalerSpec spec, Duration standardWindow, History history, Instant now) {
        this.spec = spec;
        this.standardWindow = standardWindow;
        this.history = history;
        this.now = now;
    }

    static int least(HorizontalPodAutoscalerSpec spec) {
        return spec.minReplicas() == null ? 1 : spec.minReplicas();
    }

    Normalized normalize(int current, int wanted) {
        HorizontalPodAutoscalerBehavior behavior = spec.behavior();
        HPAScalingRules up = behavior == null ? null : behavior.scaleUp();
        HPAScalingRules down = behavior == null ? null : behavior.scaleDown();
        if (up == null || down == null) {
            Outcome stabilized = stabilizedDown(wanted);
            return new Normalized(stabilized, limited(current, stabilized.replicas()));
        }
        Outcome stabilized = stabilized(current, wanted, up, down);
        return new Normalized(stabilized, limited(current, stabilized.replicas(), up, down));
    }

    /** Without rules of its own: the highest recommendation of the window. */
    private Outcome stabilizedDown(int wanted) {
        Instant start = now.minus(standardWindow);
        int highest = wanted;
        for (Recommendation each : history.recommendations()) {
            if (!each.time().isBefore(start)) {
                highest = Math.max(highest, each.replicas());
            }
        }
        return highest == wanted
                ? new Outcome(wanted, "ReadyForNewScale", READY)
                : new Outcome(highest, "ScaleDownStabilized", WERE_HIGHER);
    }

    private Outcome limited(int current, int wanted) {
        // Twice as many at most, but four in any case: figures of pods that start are wild.
        int most = Math.max(2 * current, LEAST_STEP);
        int least = least(spec);
        if (wanted < least) {
            return new Outcome(least, "TooFewReplicas", TOO_FEW);
        }
        if (spec.maxReplicas() > most) {
            return wanted > most ? new Outcome(most, "ScaleUpLimit", TOO_FAST_UP) : IN_RANGE.with(wanted);
        }
        return wanted > spec.maxReplicas()
                ? new Outcome(spec.maxReplicas(), "TooManyReplicas", TOO_MANY)
                : IN_RANGE.with(wanted);
    }

    /** Never more than was recommended all the time of one window, never fewer than at some time of the other. */
    private Outcome stabilized(int current, int wanted, HPAScalingRules up, HPAScalingRules down) {
        Instant upStart = now.minus(window(up, Duration.ZERO));
        Instant downStart = now.minus(window(down, standardWindow));
        int lowest = wanted;
        int highest = wanted;
        for (Recommendation each : history.recommendations()) {
            if (each.time().isAfter(upStart)) {
                lowest = Math.min(lowest, each.replicas());
            }
            if (each.time().isAfter(downStart)) {
                highest = Math.max(highest, each.replicas());
            }
        }
        int stable = Math.min(Math.max(current, lowest), highest);
        if (stable == wanted) {
            return new Outcome(wanted, "ReadyForNewScale", READY);
        }
        return wanted >= current
                ? new Outcome(stable, "ScaleUpStabilized", WERE_LOWER)
                : new Outcome(stable, "ScaleDownStabilized", WERE_HIGHER);
    }

    private static Duration window(HPAScalingRules rules, Duration standard) {
        Integer seconds = rules.stabilizationWindowSeconds();
        return seconds == null ? standard : Duration.ofSeconds(seconds);
    }

    private Outcome limited(int current, int wanted, HPAScalingRules up, HPAScalingRules down) {
        if (wanted > current) {
            int fastest = Math.max(current, most(current, up));
            int most = Math.min(spec.maxReplicas(), fastest);
            if (wanted > most) {
                return spec.maxReplicas() > fastest
                        ? new Outcome(most, "ScaleUpLimit", TOO_FAST_UP)
                        : new Outcome(most, "TooManyReplicas", TOO_MANY);
            }
        } else if (wanted < current) {
            int fastest = Math.min(current, fewest(current, down));
            int fewest = Math.max(least(spec), fastest);
            if (wanted < fewest) {
                return least(spec) < fastest
                        ? new Outcome(fewest, "ScaleDownLimit", TOO_FAST_DOWN)
                        : new Outcome(fewest, "TooFewReplicas", TOO_FEW);
            }
        }
        return IN_RANGE.with(wanted);
    }

    private int most(int current, HPAScalingRules rules) {
        if (isDisabled(rules)) {
            return current;
        }
        boolean isLowest = "Min".equals(rules.selectPolicy());
        int result = isLowest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        for (HPAScalingPolicy policy : rules.policies()) {
            int start = atStart(current, policy);
            // Rounded up: ten percent of three must be one more, not none.
            int allowed =
                    isPods(policy) ? start + policy.value() : (int) Math.ceil(start * (1 + policy.value() / PERCENT));
            result = isLowest ? Math.min(result, allowed) : Math.max(result, allowed);
        }
        return result;
    }

    private int fewest(int current, HPAScalingRules rules) {
        if (isDisabled(rules)) {
            return current;
        }
        // The smallest change leaves the most.
        boolean isHighest = "Min".equals(rules.selectPolicy());
        int result = isHighest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (HPAScalingPolicy policy : rules.policies()) {
            int start = atStart(current, policy);
            int allowed = isPods(policy) ? start - policy.value() : (int) (start * (1 - policy.value() / PERCENT));
            result = isHighest ? Math.max(result, allowed) : Math.min(result, allowed);
        }
        return result;
    }

    private static boolean isDisabled(HPAScalingRules rules) {
        return "Disabled".equals(rules.selectPolicy());
    }

    private static boolean isPods(HPAScalingPolicy policy) {
        return policy.type().equals("Pods");
    }

    /** How many replicas there were when the period of a policy began. */
    private int atStart(int current, HPAScalingPolicy policy) {
        Instant start = now.minusSeconds(policy.periodSeconds());
        List<Rescale> rescales = history.rescales();
        return current
                - rescales.stream()
                        .filter(each -> each.time().isAfter(start))
                        .mapToInt(Rescale::change)
                        .sum();
    }
}
