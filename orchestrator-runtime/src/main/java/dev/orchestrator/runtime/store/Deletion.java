package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a request to delete does to an object: end it, mark it as terminating, shorten its grace period, or
 * nothing because it is on its way already.
 */
sealed interface Deletion {

    /** The object ends now. */
    record End(Resource last) implements Deletion {}

    /** The object stays, changed. */
    record Mark(Resource marked) implements Deletion {}

    /** The object stays as it is. */
    record Wait() implements Deletion {}

    /** The finalizer of an object whose dependents are set free before it ends. */
    String ORPHAN = "orphan";

    /** The finalizer of an object whose dependents end before it. */
    String FOREGROUND = "foregroundDeletion";

    /** {@return what would be left of the object} */
    default Optional<Resource> left(Resource object) {
        return switch (this) {
            case End end -> Optional.empty();
            case Mark(Resource marked) -> Optional.of(marked);
            case Wait() -> Optional.of(object);
        };
    }

    /** Decides without side effects. */
    static Deletion of(Resource object, DeleteOptions options, Instant now) {
        if (object instanceof Namespace namespace) {
            return ofNamespace(namespace, options, now);
        }
        Resource going = object instanceof CustomResourceDefinition definition
                ? DefinitionDeletion.begun(definition, now.truncatedTo(ChronoUnit.SECONDS))
                : object;
        return ofObject(going, options, now.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Deletion ofNamespace(Namespace namespace, DeleteOptions options, Instant now) {
        if (!namespace.metadata().isTerminating()) {
            var metadata = ObjectMetaBuilder.builder(namespace.metadata())
                    .deletionTimestamp(now.truncatedTo(ChronoUnit.SECONDS))
                    .build();
            var status = NamespaceStatusBuilder.builder(namespace.status())
                    .phase("Terminating")
                    .build();
            return new Mark(new Namespace(metadata, namespace.spec(), status));
        }
        return namespace.spec().finalizers().isEmpty() ? ofObject(namespace, options, now) : new Wait();
    }

    private static Deletion ofObject(Resource object, DeleteOptions options, Instant now) {
        ObjectMeta metadata = object.metadata();
        boolean graceful = object instanceof Pod;
        if (graceful && metadata.isTerminating() && isPending(metadata, options)) {
            return new Wait();
        }
        List<String> finalizers = finalizers(object, options);
        ObjectMetaBuilder next = ObjectMetaBuilder.builder(metadata).finalizers(finalizers);
        long grace = 0;
        if (object instanceof Pod pod) {
            grace = grace(pod, options);
            terminate(next, metadata, grace, now);
        } else if (!finalizers.isEmpty()) {
            terminate(next, metadata, 0, now);
        }
        Resource last = object.withMetadata(next.build());
        if (grace > 0 || !finalizers.isEmpty()) {
            return last.metadata().equals(metadata) ? new Wait() : new Mark(last);
        }
        return new End(last);
    }

    // A grace period that runs can only be shortened; one of zero means that the object may go.
    private static boolean isPending(ObjectMeta metadata, DeleteOptions options) {
        Long running = metadata.deletionGracePeriodSeconds();
        if (running == null || running == 0) {
            return false;
        }
        Long asked = options.gracePeriodSeconds();
        return asked == null || Math.max(asked, asked < 0 ? 1 : 0) >= running;
    }

    private static long grace(Pod pod, DeleteOptions options) {
        String node = pod.spec().nodeName();
        String phase = pod.status().phase();
        if (node == null || node.isEmpty() || "Failed".equals(phase) || "Succeeded".equals(phase)) {
            return 0;
        }
        if (pod.metadata().isTerminating() && options.gracePeriodSeconds() == null) {
            return 0;
        }
        Long asked = options.gracePeriodSeconds() != null
                ? options.gracePeriodSeconds()
                : pod.spec().terminationGracePeriodSeconds();
        if (asked == null) {
            return 0;
        }
        return asked < 0 ? 1 : asked;
    }

    private static void terminate(ObjectMetaBuilder next, ObjectMeta metadata, long grace, Instant now) {
        Instant old = metadata.deletionTimestamp();
        if (old == null) {
            next.deletionTimestamp(now.plusSeconds(grace));
            if (metadata.generation() > 0) {
                // What the object is meant to be has changed: to be gone.
                next.generation(metadata.generation() + 1);
            }
        } else if (metadata.deletionGracePeriodSeconds() != null) {
            Duration running = Duration.ofSeconds(metadata.deletionGracePeriodSeconds());
            next.deletionTimestamp(old.minus(running).plusSeconds(grace));
        }
        next.deletionGracePeriodSeconds(grace);
    }

    private static List<String> finalizers(Resource object, DeleteOptions options) {
        List<String> old = object.metadata().finalizers();
        List<String> next = new ArrayList<>(old);
        next.removeIf(name -> name.equals(ORPHAN) || name.equals(FOREGROUND));
        String policy = policy(object, options);
        if (policy != null) {
            next.add(policy);
        }
        return new HashSet<>(next).equals(new HashSet<>(old)) ? old : next;
    }

    private static @Nullable String policy(Resource object, DeleteOptions options) {
        if (options.orphanDependents() != null) {
            return options.orphanDependents() ? ORPHAN : null;
        }
        if (options.propagationPolicy() != null) {
            return switch (options.propagationPolicy()) {
                case "Orphan" -> ORPHAN;
                case "Foreground" -> FOREGROUND;
                default -> null;
            };
        }
        List<String> finalizers = object.metadata().finalizers();
        if (finalizers.contains(ORPHAN)) {
            return ORPHAN;
        }
        if (finalizers.contains(FOREGROUND)) {
            return FOREGROUND;
        }
        return orphansByDefault(object) ? ORPHAN : null;
    }

    // Older than garbage collection: whoever asks for nothing gets what these kinds did before there was any.
    private static boolean orphansByDefault(Resource object) {
        return object instanceof ReplicationController || object instanceof Job;
    }

    /** {@return whether an update that leaves an object like this ends it: nothing holds it back any more} */
    static boolean isOver(Resource object) {
        ObjectMeta metadata = object.metadata();
        Long grace = metadata.deletionGracePeriodSeconds();
        return metadata.isTerminating()
                && metadata.finalizers().isEmpty()
                && (grace == null || grace == 0)
                && !(object instanceof Namespace namespace
                        && !namespace.spec().finalizers().isEmpty());
    }
}
