package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldManager;
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
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.ownership.Applying;
import dev.orchestrator.runtime.store.FieldSelector;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.Subscription;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchListener;
import dev.orchestrator.runtime.store.WatchQuery;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The stored objects of one kind, narrowed. */
record ResourceList<R extends Resource, H extends ResourceHandle<R, H>>(
        HandleContext context,
        ResourceType<R> type,
        String namespace,
        boolean everywhere,
        Selector selector,
        FieldSelector fields,
        Function<ObjectKey, ? extends H> handle)
        implements Resources<R, H> {

    ResourceList(
            HandleContext context, ResourceType<R> type, String namespace, Function<ObjectKey, ? extends H> handle) {
        this(context, type, namespace, false, Selector.everything(), FieldSelector.everything(), handle);
    }

    @Override
    public H named(String name) {
        return handle.apply(Namespaces.key(type, namespace, name));
    }

    @Override
    public Resources<R, H> inNamespace(String other) {
        return new ResourceList<>(context, type, other, false, selector, fields, handle);
    }

    @Override
    public Resources<R, H> inAllNamespaces() {
        return new ResourceList<>(context, type, namespace, true, selector, fields, handle);
    }

    @Override
    public Resources<R, H> labelled(String key, String value) {
        return matching(
                Selector.ofLabels(Map.of(requireNonNull(key, "key is null"), requireNonNull(value, "value is null"))));
    }

    @Override
    public Resources<R, H> matching(Selector more) {
        var requirements = new ArrayList<>(selector.requirements());
        requirements.addAll(more.requirements());
        return new ResourceList<>(context, type, namespace, everywhere, new Selector(requirements), fields, handle);
    }

    @Override
    public Resources<R, H> withFields(String fieldSelector) {
        var terms = new ArrayList<>(fields.terms());
        terms.addAll(FieldSelector.parse(fieldSelector).terms());
        return new ResourceList<>(context, type, namespace, everywhere, selector, new FieldSelector(terms), handle);
    }

    private @Nullable String scope() {
        return everywhere || !type.isNamespaced() ? null : namespace;
    }

    private ListQuery query() {
        return ListQuery.everything().namespace(scope()).labels(selector).fields(fields);
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
            String fieldTerms = fields.terms().isEmpty() ? "" : " with " + fields;
            throw ApiException.of(
                    ApiException.Reason.NOT_FOUND,
                    "no " + type.qualifiedPlural() + " found" + where + which + fieldTerms);
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
        return type.cast(new Applier(context.store(), HandleContext.WRITE).apply(own(object)));
    }

    @Override
    public R apply(Definition object, FieldManager manager) {
        R wanted = own(object);
        var request = WriteRequest.by(requireNonNull(manager, "manager is null").name());
        return new Applying<>(type, Codec.toTree(wanted), request, manager.force())
                .store(context.store(), wanted.key(), context.time(), next -> next)
                .object();
    }

    private R own(Definition definition) {
        return Namespaces.in(namespace, StoredObject.as(type, definition));
    }

    @Override
    public void delete() {
        var options =
                DeleteOptionsBuilder.builder().propagationPolicy("Background").build();
        context.store().deleteCollection(type, query(), options, HandleContext.WRITE);
    }

    private WatchQuery watchQuery() {
        return WatchQuery.of(type)
                .namespace(scope())
                .labels(selector)
                .fields(fields)
                .withInitial();
    }

    @Override
    public Watch watch(Consumer<WatchEvent<R>> callback, Consumer<ApiException> onLost) {
        requireNonNull(callback, "callback is null");
        requireNonNull(onLost, "onLost is null");
        Subscription subscription = context.store().watch(watchQuery(), new WatchListener() {
            @Override
            public void onEvent(StoreEvent event) {
                callback.accept(event(event));
            }

            @Override
            public void onEnd(@Nullable ApiException reason) {
                if (reason != null) {
                    onLost.accept(reason);
                }
            }
        });
        return subscription::close;
    }

    @Override
    public WatchReader<R> watch() {
        WatchCursor cursor = context.watch(watchQuery());
        return new WatchReader<>() {
            private volatile boolean isClosed;

            @Override
            public @Nullable WatchEvent<R> next(Duration timeout) throws InterruptedException {
                StoreEvent next = cursor.next(timeout);
                if (next == null && !isClosed) {
                    // Without this a reader in a loop would spin once the orchestrator is closed.
                    context.life().requireOpen();
                }
                return next == null ? null : event(next);
            }

            @Override
            public void close() {
                isClosed = true;
                context.life().release(cursor);
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
