package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request to apply a configuration: server-side apply, word for word.
 *
 * @param type the kind of the object
 * @param config what is applied, as a tree
 * @param request who applies, and to which part of the object
 * @param force whether fields of others are taken over
 */
public record Applying<R extends Resource>(
        ResourceType<R> type, Map<String, Object> config, WriteRequest request, boolean force) {

    // Who owned an object before anybody asked, and who is known to move from one way of applying to the other.
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final String KUBECTL = "kubectl";

    /** What has become of a configuration: the stored object, and whether it is new. */
    public record Applied<R extends Resource>(R object, boolean isNew) {}

    /**
     * Stores the object with the configuration in it; creates it when there is none, unless only a part of it is
     * applied.
     *
     * @param check looks at what is about to be stored, and may put it right
     * @throws ApiException as {@link #to} does, and as a write does
     */
    public Applied<R> store(ObjectStore store, ObjectKey key, TimeSource time, UnaryOperator<R> check) {
        WriteRequest write = request.withItsOwners();
        boolean mayCreate = request.subresource() == WriteRequest.Subresource.MAIN;
        while (true) {
            Optional<R> live = store.find(type, key);
            try {
                return live.isEmpty() && mayCreate
                        ? new Applied<>(store.create(check.apply(to(null, time.instant())), write), true)
                        : new Applied<>(
                                store.edit(type, key, write, current -> check.apply(to(current, time.instant()))),
                                false);
            } catch (ApiException refused) {
                // Created or deleted by somebody else between the look and the write: look again.
                var lost = live.isEmpty() ? Reason.ALREADY_EXISTS : Reason.NOT_FOUND;
                boolean raced = mayCreate
                        && refused.reason() == lost
                        && store.find(type, key).isPresent() == live.isEmpty();
                if (!raced) {
                    throw refused;
                }
            }
        }
    }

    /**
     * {@return the object with the configuration in it, and who owns what of it since; to be stored with
     * {@link WriteRequest#withItsOwners()}}
     *
     * @param live the object as it is; null when there is none
     * @throws ApiException with reason {@code CONFLICT} if the configuration changes what others own, and as Kubernetes
     *     does if it does not fit
     */
    public R to(@Nullable R live, Instant moment) {
        check();
        Instant now = moment.truncatedTo(ChronoUnit.SECONDS);
        Schema.Struct schema = ModelSchema.of(type);
        Map<String, Object> tree = live == null ? new LinkedHashMap<>() : withoutOwners(Codec.toTree(live));
        Owners owners = live == null ? Owners.NONE : ownersOf(live, now);
        String part = request.subresource().path();
        var manager = new Manager(request.owner(), true, type.apiVersion(), part);
        FieldSet all = Fields.of(schema, config);
        var applier = new Application.Applier(manager, ManagedParts.ignored(type, part, all), force);
        Application result = Application.of(schema, tree, owners, config, applier, now);
        Map<Manager, FieldSet> conflicts = result.conflicts();
        if (!conflicts.isEmpty() && request.owner().equals(KUBECTL)) {
            conflicts = LastApplied.of(schema, type, tree).remaining(conflicts);
            result =
                    conflicts.isEmpty() ? Application.of(schema, tree, owners, config, applier.forcing(), now) : result;
        }
        if (!conflicts.isEmpty()) {
            throw conflict(conflicts);
        }
        Map<String, Object> object = result.object();
        if (request.owner().equals(KUBECTL)) {
            object = LastApplied.remembered(object, config);
        }
        return decoded(object, result.owners());
    }

    private void check() {
        String expected = type.group() + "/" + type.version() + ", Kind=" + type.kind();
        String apiVersion = text(config, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String given = (slash < 0 ? "" : apiVersion.substring(0, slash)) + "/" + apiVersion.substring(slash + 1)
                + ", Kind=" + text(config, "kind");
        if (!given.equals(expected)) {
            throw ApiException.of(Reason.UNKNOWN, "invalid object type: " + given);
        }
        Map<String, Object> metadata = Trees.map(config.get("metadata"));
        if (!Trees.list(metadata.get("managedFields")).isEmpty()) {
            throw ApiException.of(Reason.BAD_REQUEST, "metadata.managedFields must be nil");
        }
        String faults = Conformance.faults(ModelSchema.of(type), config);
        if (!faults.isEmpty()) {
            throw ApiException.of(
                    Reason.UNKNOWN,
                    "failed to create typed patch object (" + text(metadata, "namespace") + "/" + text(metadata, "name")
                            + "; " + expected + "): " + faults);
        }
    }

    private static String text(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String text ? text : "";
    }

    private static Map<String, Object> withoutOwners(Map<String, Object> tree) {
        var metadata = new LinkedHashMap<>(Trees.map(tree.get("metadata")));
        metadata.remove("managedFields");
        tree.put("metadata", metadata);
        return tree;
    }

    private Owners ownersOf(R live, Instant now) {
        Owners owners = Owners.decode(ManagedFields.shown(live).metadata().managedFields());
        if (!owners.isEmpty()) {
            return owners;
        }
        var anybody = new Manager(BEFORE_FIRST_APPLY, false, type.apiVersion(), "");
        FieldSet written = ManagedParts.part(type, ManagedParts.written(live), "");
        return written.isEmpty() ? owners : owners.with(anybody, new Owners.Share(written, now));
    }

    private R decoded(Map<String, Object> object, Owners owners) {
        R next = Codec.decode(type, Document.of(object), FieldValidation.WARN).value();
        return type.cast(ManagedFields.with(next, owners.encode()));
    }

    private static ApiException conflict(Map<Manager, FieldSet> conflicts) {
        var causes = new ArrayList<StatusCause>();
        var byManager = new TreeMap<String, List<String>>();
        conflicts.forEach((manager, fields) -> {
            byManager
                    .computeIfAbsent(manager.toString(), first -> new ArrayList<>())
                    .addAll(fields.paths());
        });
        var lines = new ArrayList<String>();
        byManager.forEach((manager, paths) -> {
            lines.add("conflicts with " + manager + ":");
            for (String path : paths) {
                causes.add(new StatusCause(path, "conflict with " + manager, "FieldManagerConflict"));
                lines.add("- " + path);
            }
        });
        StatusCause first = causes.getFirst();
        String what = causes.size() == 1
                ? "1 conflict: " + first.message() + ": " + first.field()
                : causes.size() + " conflicts: " + String.join("\n", lines);
        return ApiException.of(
                Reason.CONFLICT,
                "Apply failed with " + what,
                StatusDetailsBuilder.builder().causes(causes).build(),
                null);
    }
}
