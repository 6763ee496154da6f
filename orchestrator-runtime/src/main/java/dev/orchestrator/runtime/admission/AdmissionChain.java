package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.admission.AdmissionReview.Operation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.Identity;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.store.Admission;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * What every write passes: defaults, built-in and user's plug-ins, defaults of what those added, preparation, rules,
 * and the plug-ins that may only refuse.
 */
public final class AdmissionChain implements Admission {

    private final KindRegistry registry;
    private final PluginChain plugins;
    private final List<BuiltInPlugin> builtIns;
    private final Map<ResourceType<?>, List<BuiltInPlugin>> builtInsOf = new ConcurrentHashMap<>();

    AdmissionChain(KindRegistry registry, List<BuiltInPlugin> builtIns, AdmissionPlugins plugins) {
        this.registry = registry;
        this.builtIns = List.copyOf(builtIns);
        this.plugins = new PluginChain(plugins);
    }

    /**
     * {@return the admission of an orchestrator}
     *
     * @param objects what is stored, asked at every write
     * @param plugins those of the embedding program
     * @param isFreeOnHost whether a port of this machine can be listened on
     */
    public static AdmissionChain of(StoredObjects objects, AdmissionPlugins plugins, IntPredicate isFreeOnHost) {
        return new AdmissionChain(new KindRegistry(objects, isFreeOnHost), BuiltInPlugins.of(objects), plugins);
    }

    @Override
    public <R extends Resource> R admitCreate(R object, WriteRequest request) {
        ResourceType<R> type = typeOf(object);
        KindRules<R> rules = registry.rulesOf(type);
        R defaulted = rules.defaulter().withDefaults(object);
        R mutated = mutate(rules, Operation.CREATE, null, defaulted, request);
        R prepared = rules.preparation().forCreate(mutated);
        var errors = new FieldErrors();
        MetadataRules.validateCreate(
                type, prepared.metadata(), rules.validator().nameRule(), errors);
        rules.validator().validateCreate(prepared, errors);
        refuseIfAny(errors, type, prepared);
        validate(type, Operation.CREATE, null, prepared, request);
        return prepared;
    }

    @Override
    public <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request) {
        ResourceType<R> type = typeOf(old);
        KindRules<R> rules = registry.rulesOf(type);
        R known = withSystemMetadata(type, old, updated);
        R defaulted = rules.defaulter().withDefaults(known);
        R mutated = mutate(rules, Operation.UPDATE, old, defaulted, request);
        R prepared = rules.preparation().forUpdate(old, mutated);
        var errors = new FieldErrors();
        MetadataRules.validateUpdate(old.metadata(), prepared.metadata(), errors);
        switch (request.subresource()) {
            case MAIN, SCALE -> rules.validator().validateUpdate(old, prepared, errors);
            case STATUS -> rules.validator().validateStatusUpdate(old, prepared, errors);
            case BINDING, EPHEMERAL_CONTAINERS, RESIZE, FINALIZE ->
                rules.validator().validateSubresource(request.subresource(), old, prepared, errors);
        }
        refuseIfAny(errors, type, prepared);
        validate(type, Operation.UPDATE, old, prepared, request);
        return prepared;
    }

    @Override
    public <R extends Resource> void admitDelete(R old, WriteRequest request) {
        ResourceType<R> type = typeOf(old);
        AdmissionReview review = review(type, Operation.DELETE, old, null, request);
        List<BuiltInPlugin> concerned = builtInsOf(type);
        concerned.forEach(plugin -> plugin.mutate(review, old));
        concerned.forEach(plugin -> plugin.validate(review, old));
        plugins.validate(review);
    }

    private <R extends Resource> R mutate(
            KindRules<R> rules, Operation operation, @Nullable R old, R object, WriteRequest request) {
        List<BuiltInPlugin> concerned = builtInsOf(rules.type());
        if (concerned.isEmpty() && !plugins.mutates()) {
            return object;
        }
        AdmissionReview review = review(rules.type(), operation, old, object, request);
        Resource result = object;
        for (BuiltInPlugin plugin : concerned) {
            result = plugin.mutate(review, result);
        }
        if (plugins.mutates()) {
            result = plugins.mutate(review.withObject(result), result);
        }
        return Identity.same(result, object)
                ? object
                : rules.defaulter().withDefaults(rules.type().cast(result));
    }

    private <R extends Resource> void validate(
            ResourceType<R> type, Operation operation, @Nullable R old, R object, WriteRequest request) {
        List<BuiltInPlugin> concerned = builtInsOf(type);
        if (concerned.isEmpty() && !plugins.validates()) {
            return;
        }
        AdmissionReview review = review(type, operation, old, object, request);
        for (BuiltInPlugin plugin : concerned) {
            plugin.validate(review, object);
        }
        plugins.validate(review);
    }

    private List<BuiltInPlugin> builtInsOf(ResourceType<?> type) {
        if (type.isCustom()) {
            // A kind that was deleted may come back otherwise.
            return builtIns.stream().filter(plugin -> plugin.concerns(type)).toList();
        }
        return builtInsOf.computeIfAbsent(
                type,
                wanted -> builtIns.stream()
                        .filter(plugin -> plugin.concerns(wanted))
                        .toList());
    }

    private static <R extends Resource> R withSystemMetadata(ResourceType<R> type, R old, R updated) {
        ObjectMeta metadata = MetadataRules.forUpdate(old.metadata(), updated.metadata());
        return Identity.same(metadata, updated.metadata()) ? updated : type.cast(updated.withMetadata(metadata));
    }

    private static AdmissionReview review(
            ResourceType<?> type,
            Operation operation,
            @Nullable Resource old,
            @Nullable Resource object,
            WriteRequest request) {
        return new AdmissionReview(
                operation, type, request.subresource().path(), old, object, request.dryRun(), request.manager());
    }

    private static void refuseIfAny(FieldErrors errors, ResourceType<?> type, Resource object) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(type, object.metadata().nameOrEmpty(), errors.causes());
        }
    }

    @SuppressWarnings("unchecked") // an object's own type is the type of the object
    private static <R extends Resource> ResourceType<R> typeOf(R object) {
        return (ResourceType<R>) object.resourceType();
    }
}
