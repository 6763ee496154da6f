package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatusBuilder;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.autoscaler.AutoscalerPlan.Said;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.text.GoText;

/** Looks at the metrics of one autoscaler, sets the scale of its target and reports. */
final class AutoscalerReconciler implements Reconciler<ObjectKey> {

    private static final String COMPONENT = "horizontal-pod-autoscaler";
    private static final String ABLE = "AbleToScale";

    private final ObjectStore store;
    private final InstantSource time;
    private final EventRecorder events;
    private final AutoscalingOptions options;
    private final WriteRequest request = WriteRequest.ofController(COMPONENT);
    private final Map<ObjectKey, History> histories = new ConcurrentHashMap<>();

    AutoscalerReconciler(ObjectStore store, InstantSource time, EventRecorder events, AutoscalingOptions options) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.options = options;
    }

    @Override
    public Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<HorizontalPodAutoscaler> found = store.find(ResourceTypes.HORIZONTAL_POD_AUTOSCALER, key);
        if (found.isEmpty()) {
            histories.remove(key);
            return Outcome.done();
        }
        pass(found.get());
        return Outcome.after(options.period());
    }

    private void pass(HorizontalPodAutoscaler autoscaler) throws InterruptedException {
        Instant now = time.instant();
        var conditions = new Conditions(autoscaler.status().conditions(), now);
        Target target;
        try {
            target = target(autoscaler);
        } catch (ApiException e) {
            tell(autoscaler, "Warning", "FailedGetScale", String.valueOf(e.getMessage()));
            conditions.set(new Said(
                    ABLE,
                    "False",
                    "FailedGetScale",
                    "the HPA controller was unable to get the target's current scale: " + e.getMessage()));
            report(
                    autoscaler,
                    HorizontalPodAutoscalerStatusBuilder.builder(autoscaler.status())
                            .conditions(conditions.all())
                            .build());
            return;
        }
        conditions.set(new Said(
                ABLE, "True", "SucceededGetScale", "the HPA controller was able to get the target's current scale"));
        History history = histories.computeIfAbsent(autoscaler.key(), key -> new History());
        history.begin(target.wanted(), now);
        carryOut(autoscaler, target, plan(autoscaler, target, history, now), conditions, history, now);
    }

    private Target target(HorizontalPodAutoscaler autoscaler) {
        CrossVersionObjectReference reference = autoscaler.spec().scaleTargetRef();
        ResourceType<?> type = Target.type(reference)
                .orElseThrow(() -> ApiException.of(
                        Reason.NOT_FOUND,
                        "no matches for kind " + GoText.quote(reference.kind()) + " in group "
                                + GoText.quote(group(reference))));
        Resource owner = store.get(type, new ObjectKey(autoscaler.key().namespace(), reference.name()));
        return Target.of(owner);
    }

    private static String group(CrossVersionObjectReference reference) {
        String version = reference.apiVersion() == null ? "" : reference.apiVersion();
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    private AutoscalerPlan plan(HorizontalPodAutoscaler autoscaler, Target target, History history, Instant now)
            throws InterruptedException {
        HorizontalPodAutoscalerSpec spec = autoscaler.spec();
        if (!AutoscalerPlan.asksMetrics(spec, target.wanted())) {
            return AutoscalerPlan.withoutMetrics(spec, target.wanted());
        }
        List<Pod> pods = store.matching(ResourceTypes.POD, target.key().namespace(), target.selector());
        var youth = new PodGroups.Youth(now, options.cpuInitialization(), options.initialReadinessDelay());
        var metrics = new Metrics(
                target,
                pods,
                new Readings(options.metrics(), youth),
                new ReplicaCalculator(
                        target.wanted(), pods, Tolerance.of(spec.behavior(), options.tolerance()), youth));
        var assessments = new ArrayList<Assessment>();
        for (MetricSpec metric : spec.metrics()) {
            Assessment assessment = metrics.assess(metric);
            if (assessment instanceof Assessment.Unknown unknown) {
                tell(autoscaler, "Warning", unknown.reason(), unknown.cause());
            }
            assessments.add(assessment);
        }
        var bounds = new Bounds(spec, options.downscaleStabilization(), history, now);
        return AutoscalerPlan.of(target.wanted(), assessments, bounds);
    }

    private void carryOut(
            HorizontalPodAutoscaler autoscaler,
            Target target,
            AutoscalerPlan plan,
            Conditions conditions,
            History history,
            Instant now) {
        int current = target.wanted();
        HorizontalPodAutoscalerStatus before = autoscaler.status();
        plan.said().forEach(conditions::set);
        if (plan.recommended() != null) {
            history.recommended(plan.recommended(), now);
        }
        if (plan.failure() != null) {
            tell(autoscaler, "Warning", "FailedComputeMetricsReplicas", plan.failure());
            report(autoscaler, status(before, conditions, current, before.desiredReplicas(), plan.metrics()));
        } else if (plan.reason() == null) {
            report(autoscaler, status(before, conditions, current, current, plan.metrics()));
        } else if (rescale(autoscaler, target, plan.replicas(), plan.reason(), conditions)) {
            history.rescaled(current, plan.replicas(), now);
            HorizontalPodAutoscalerStatus after = status(before, conditions, current, plan.replicas(), plan.metrics());
            report(
                    autoscaler,
                    HorizontalPodAutoscalerStatusBuilder.builder(after)
                            .lastScaleTime(now.truncatedTo(ChronoUnit.SECONDS))
                            .build());
        } else {
            report(autoscaler, status(before, conditions, current, before.desiredReplicas(), plan.metrics()));
        }
    }

    /** {@return whether the target has been scaled} */
    private boolean rescale(
            HorizontalPodAutoscaler autoscaler, Target target, int replicas, String reason, Conditions conditions) {
        String size = "New size: " + replicas + "; reason: " + reason;
        try {
            target.scale(store, request, replicas);
        } catch (ApiException e) {
            tell(autoscaler, "Warning", "FailedRescale", size + "; error: " + e.getMessage());
            conditions.set(new Said(
                    ABLE,
                    "False",
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + e.getMessage()));
            return false;
        }
        conditions.set(new Said(
                ABLE,
                "True",
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + replicas));
        tell(autoscaler, "Normal", "SuccessfulRescale", size);
        return true;
    }

    private static HorizontalPodAutoscalerStatus status(
            HorizontalPodAutoscalerStatus before,
            Conditions conditions,
            int current,
            int desired,
            List<MetricStatus> metrics) {
        return HorizontalPodAutoscalerStatusBuilder.builder(before)
                .conditions(conditions.all())
                .currentReplicas(current)
                .desiredReplicas(desired)
                .currentMetrics(metrics)
                .build();
    }

    private void report(HorizontalPodAutoscaler autoscaler, HorizontalPodAutoscalerStatus status) {
        if (status.equals(autoscaler.status())) {
            return;
        }
        try {
            store.edit(
                    ResourceTypes.HORIZONTAL_POD_AUTOSCALER,
                    autoscaler.key(),
                    request.on(WriteRequest.Subresource.STATUS),
                    present -> HorizontalPodAutoscalerBuilder.builder(present)
                            .status(status)
                            .build());
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void tell(HorizontalPodAutoscaler autoscaler, String type, String reason, String message) {
        events.event(autoscaler, type, reason, message, COMPONENT);
    }
}
