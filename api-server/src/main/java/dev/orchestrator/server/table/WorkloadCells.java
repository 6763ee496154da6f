package dev.orchestrator.server.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodTemplate;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;

/** The rows of what keeps pods. */
final class WorkloadCells {

    private WorkloadCells() {}

    static List<Object> of(Deployment it, Instant now) {
        List<Container> containers = it.spec().template().spec().containers();
        return List.of(
                Cells.name(it),
                it.status().readyReplicas() + "/" + Cells.or(it.spec().replicas(), 1),
                (long) it.status().updatedReplicas(),
                (long) it.status().availableReplicas(),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.selector(it.spec().selector()));
    }

    static List<Object> of(ReplicaSet it, Instant now) {
        List<Container> containers = it.spec().template().spec().containers();
        return List.of(
                Cells.name(it),
                Cells.or(it.spec().replicas(), 1),
                (long) it.status().replicas(),
                (long) it.status().readyReplicas(),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.selector(it.spec().selector()));
    }

    static List<Object> of(ReplicationController it, Instant now) {
        PodTemplateSpec template = it.spec().template();
        List<Container> containers =
                template == null ? List.of() : template.spec().containers();
        return List.of(
                Cells.name(it),
                Cells.or(it.spec().replicas(), 1),
                (long) it.status().replicas(),
                (long) it.status().readyReplicas(),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.labels(it.spec().selector()));
    }

    static List<Object> of(StatefulSet it, Instant now) {
        List<Container> containers = it.spec().template().spec().containers();
        return List.of(
                Cells.name(it),
                it.status().readyReplicas() + "/" + Cells.or(it.spec().replicas(), 1),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers));
    }

    static List<Object> of(DaemonSet it, Instant now) {
        List<Container> containers = it.spec().template().spec().containers();
        return List.of(
                Cells.name(it),
                (long) it.status().desiredNumberScheduled(),
                (long) it.status().currentNumberScheduled(),
                (long) it.status().numberReady(),
                (long) it.status().updatedNumberScheduled(),
                (long) it.status().numberAvailable(),
                Cells.labels(it.spec().template().spec().nodeSelector()),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.selector(it.spec().selector()));
    }

    static List<Object> of(ControllerRevision it, Instant now) {
        String controller = it.metadata()
                .controller()
                .map(owner -> {
                    int slash = owner.apiVersion().indexOf('/');
                    String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
                    return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.name();
                })
                .orElse(Cells.NONE);
        return List.of(Cells.name(it), controller, it.revision(), Cells.age(it, now));
    }

    static List<Object> of(PodTemplate it) {
        List<Container> containers = it.template().spec().containers();
        return List.of(
                Cells.name(it),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.labels(it.template().metadata().labels()));
    }

    static List<Object> of(Job it, Instant now) {
        List<Container> containers = it.spec().template().spec().containers();
        return List.of(
                Cells.name(it),
                status(it),
                completions(it),
                duration(it, now),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.selector(it.spec().selector()));
    }

    private static String status(Job job) {
        if (has(job, "Complete")) {
            return "Complete";
        }
        if (has(job, "Failed")) {
            return "Failed";
        }
        if (job.metadata().isTerminating()) {
            return "Terminating";
        }
        if (has(job, "Suspended")) {
            return "Suspended";
        }
        if (has(job, "FailureTarget")) {
            return "FailureTarget";
        }
        return has(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static boolean has(Job job, String type) {
        return job.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals(type) && condition.status().equals("True"));
    }

    private static String completions(Job job) {
        Integer completions = job.spec().completions();
        if (completions != null) {
            return job.status().succeeded() + "/" + completions;
        }
        long parallelism = Cells.or(job.spec().parallelism(), 0);
        return job.status().succeeded() + "/1" + (parallelism > 1 ? " of " + parallelism : "");
    }

    private static String duration(Job job, Instant now) {
        Instant start = job.status().startTime();
        if (start == null) {
            return "";
        }
        Instant end = job.status().completionTime();
        return Cells.duration(Duration.between(start, end == null ? now : end));
    }

    static List<Object> of(CronJob it, Instant now) {
        List<Container> containers =
                it.spec().jobTemplate().spec().template().spec().containers();
        Instant last = it.status().lastScheduleTime();
        return List.of(
                Cells.name(it),
                it.spec().schedule(),
                Cells.orNone(it.spec().timeZone()),
                Boolean.TRUE.equals(it.spec().suspend()) ? "True" : "False",
                (long) it.status().active().size(),
                last == null ? Cells.NONE : Cells.since(last, now),
                Cells.age(it, now),
                Cells.containerNames(containers),
                Cells.images(containers),
                Cells.selector(it.spec().jobTemplate().spec().selector()));
    }
}
