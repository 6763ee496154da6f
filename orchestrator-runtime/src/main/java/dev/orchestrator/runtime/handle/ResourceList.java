package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ResourceHandle;
import dev.orchestrator.api.Resources;
import dev.orchestrator.api.Watch;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.WatchReader;
import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.Subscription;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;

/** The stored objects of one kind, narrowed. */
record ResourceList<R extends Resource, H extends ResourceHandle<R, H>>(
        HandleContext context,
        ResourceType<R> type,
        String namespace,
        boolean everywhere,
        Selector selector,
        Function<ObjectKey, ? extends H> handle)
        implements Resources<R, H> {

    ResourceList(
            HandleContext context, ResourceType<R> type, String namespace, Function<ObjectKey, ? extends H> handle) {
        this(context, type, namespace, false, Selector.everything(), handle);
    }

    @Override
    public H named(String name) {
        return handle.apply(Namespaces.key(type, namespace, name));
    }

    @Override
    public Resources<R, H> inNamespace(String other) {
        return new ResourceList<>(context, type, other, false, selector, handle);
    }

    @Override
    public Resources<R, H> inAllNamespaces() {
        return new ResourceList<>(context, type, namespace, true, selector, handle);
    }

    @Override
    public Resources<R, H> labelled(String key, String value) {
        return matching(Selector.ofLabels(java.util.Map.of(key, value)));
    }

    @Override
    public Resources<R, H> matching(Selector more) {
        var requirements = new ArrayList<>(selector.requirements());
        requirements.addAll(more.requirements());
        return new ResourceList<>(context, type, namespace, everywhere, new Selector(requirements), handle);
    }

    private @Nullable String scope() {
        return everywhere || !type.isNamespaced() ? null : namespace;
    }

    private ListQuery query() {
        return ListQuery.everything().namespace(scope()).labels(selector);
    }

    @Override
    public List<R> list() {
        return context.store().list(type, query()).items();
    }

    @Override
    public List<H> handles() {
        return list().stream().<H>map(object -> handle.apply(object.key())).toList();
    }

    @Override
    public H first() {
        List<R> all = list();
        if (all.isEmpty()) {
            String where = scope() == null ? "" : " in namespace " + namespace;
            String which = selector.requirements().isEmpty() ? "" : " labelled " + selector;
            throw ApiException.of(
                    ApiException.Reason.NOT_FOUND, "no " + type.qualifiedPlural() + " found" + where + which);
        }
        // One that is about to go is of little use to whoever wants any.
        R chosen = all.stream()
                .filter(object -> !object.metadata().isTerminating())
                .findFirst()
                .orElseGet(all::getFirst);
        return handle.apply(chosen.key());
    }

    @Override
    public R create(Definition object) {
        return context.store().create(own(object), HandleContext.WRITE);
    }

    @Override
    public R apply(Definition object) {
        return type.cast(new Applier(context.store()).apply(own(object)));
    }

    private R own(Definition definition) {
        Resource object = definition.toResource();
        if (!object.resourceType().equals(type)) {
            throw new IllegalArgumentException("a " + object.resourceType().kind() + " is no " + type.kind());
        }
        return Namespaces.in(namespace, type.cast(object));
    }

    @Override
    public void delete() {
        var options =
                DeleteOptionsBuilder.builder().propagationPolicy("Background").build();
        context.store().deleteCollection(type, query(), options, HandleContext.WRITE);
    }

    private WatchQuery watchQuery() {
        return WatchQuery.of(type).namespace(scope()).labels(selector).withInitial();
    }

    @Override
    public Watch watch(Consumer<WatchEvent<R>> callback) {
        Subscription subscription = context.store().watch(watchQuery(), event -> callback.accept(event(event)));
        return subscription::close;
    }

    @Override
    public WatchReader<R> watch() {
        WatchCursor cursor = context.store().watch(watchQuery());
        return new WatchReader<>() {
            @Override
            public @Nullable WatchEvent<R> next(Duration timeout) throws InterruptedException {
                StoreEvent next = cursor.next(timeout);
                return next == null ? null : event(next);
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    private WatchEvent<R> event(StoreEvent event) {
        var kind = switch (event.kind()) {
            case ADDED -> WatchEvent.Kind.ADDED;
            case MODIFIED -> WatchEvent.Kind.MODIFIED;
            case DELETED -> WatchEvent.Kind.DELETED;
            case BOOKMARK -> throw new IllegalStateException("a bookmark nobody asked for");
        };
        return new WatchEvent<>(kind, type.cast(event.object()));
    }
}
