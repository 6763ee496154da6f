package dev.orchestrator.runtime.handle;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;

/** What {@code describe} says about the kinds that keep pods running. */
final class WorkloadDescription {

    private WorkloadDescription() {}

    static void deployment(Sheet sheet, HandleContext context, Deployment deployment) {
        var metadata = deployment.metadata();
        var spec = deployment.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("CreationTimestamp", Phrases.date(metadata.creationTimestamp()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Selector", Phrases.selector(spec.selector()))
                .field("Replicas", Rollouts.counts(deployment))
                .field("StrategyType", spec.strategy().type())
                .field("MinReadySeconds", spec.minReadySeconds());
        var rolling = spec.strategy().rollingUpdate();
        if (rolling != null) {
            sheet.field(
                    "RollingUpdateStrategy",
                    rolling.maxUnavailable() + " max unavailable, " + rolling.maxSurge() + " max surge");
        }
        PodDescription.template(sheet, spec.template());
        conditions(sheet, deployment);
        List<ReplicaSet> newest =
                Rollouts.newest(context.store(), deployment).stream().toList();
        List<ReplicaSet> old = context.store().controlledBy(ResourceTypes.REPLICA_SET, metadata.uidOrEmpty()).stream()
                .filter(set -> !newest.contains(set))
                .sorted(Comparator.comparing(set -> set.key().name()))
                .toList();
        if (!newest.isEmpty() || !old.isEmpty()) {
            sheet.field("OldReplicaSets", counted(old)).field("NewReplicaSet", counted(newest));
        }
        EventList.write(sheet, context, deployment);
    }

    private static String counted(List<ReplicaSet> sets) {
        return Phrases.orNone(sets.stream()
                .map(set -> set.key().name() + " (" + set.status().replicas() + "/" + set.desiredReplicas()
                        + " replicas created)")
                .collect(Collectors.joining(", ")));
    }

    static void replicaSet(Sheet sheet, HandleContext context, ReplicaSet set) {
        var metadata = set.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Selector", Phrases.selector(set.spec().selector()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .optional("Controlled By", PodDescription.controller(metadata))
                .field("Replicas", set.status().replicas() + " current / " + set.desiredReplicas() + " desired")
                .field("Pods Status", podsStatus(context, set));
        PodDescription.template(sheet, set.spec().template());
        conditions(sheet, set);
        EventList.write(sheet, context, set);
    }

    static void replicationController(Sheet sheet, HandleContext context, ReplicationController controller) {
        var metadata = controller.metadata();
        var spec = controller.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Selector", Phrases.labels(spec.selector()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Replicas", controller.status().replicas() + " current / " + spec.replicas() + " desired")
                .field("Pods Status", podsStatus(context, controller));
        PodDescription.template(sheet, spec.template());
        conditions(sheet, controller);
        EventList.write(sheet, context, controller);
    }

    static void statefulSet(Sheet sheet, HandleContext context, StatefulSet set) {
        var metadata = set.metadata();
        var spec = set.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("CreationTimestamp", Phrases.date(metadata.creationTimestamp()))
                .field("Selector", Phrases.selector(spec.selector()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field(
                        "Replicas",
                        spec.replicas() + " desired | " + set.status().replicas() + " total")
                .field("Update Strategy", spec.updateStrategy().type());
        var rolling = spec.updateStrategy().rollingUpdate();
        if (rolling != null && rolling.partition() != null) {
            sheet.indented(() ->
                    sheet.field("Partition", rolling.partition()).optional("MaxUnavailable", rolling.maxUnavailable()));
        }
        sheet.field("Pods Status", podsStatus(context, set));
        PodDescription.template(sheet, spec.template());
        StorageDescription.templates(sheet, spec.volumeClaimTemplates());
        EventList.write(sheet, context, set);
    }

    static void daemonSet(Sheet sheet, HandleContext context, DaemonSet set) {
        var metadata = set.metadata();
        var spec = set.spec();
        var status = set.status();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Selector", Phrases.selector(spec.selector()))
                .field("Node-Selector", Phrases.labels(spec.template().spec().nodeSelector()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .line("Desired Number of Nodes Scheduled: " + status.desiredNumberScheduled())
                .line("Current Number of Nodes Scheduled: " + status.currentNumberScheduled())
                .line("Number of Nodes Scheduled with Up-to-date Pods: " + status.updatedNumberScheduled())
                .line("Number of Nodes Scheduled with Available Pods: " + status.numberAvailable())
                .line("Number of Nodes Misscheduled: " + status.numberMisscheduled())
                .field("Pods Status", podsStatus(context, set));
        PodDescription.template(sheet, spec.template());
        EventList.write(sheet, context, set);
    }

    private static String podsStatus(HandleContext context, Resource owner) {
        List<Pod> pods = PodOwners.pods(context.store(), owner);
        return phase(pods, "Running") + " Running / " + phase(pods, "Pending") + " Waiting / "
                + phase(pods, "Succeeded") + " Succeeded / " + phase(pods, "Failed") + " Failed";
    }

    private static long phase(List<Pod> pods, String phase) {
        return pods.stream().filter(pod -> phase.equals(pod.status().phase())).count();
    }

    private static void conditions(Sheet sheet, Resource object) {
        var conditions = Conditions.of(object);
        if (!conditions.isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.titles("Type", "Status", "Reason");
                conditions.forEach(each -> sheet.row(each.type() + " ", each.status(), each.reason()));
            });
        }
    }
}
