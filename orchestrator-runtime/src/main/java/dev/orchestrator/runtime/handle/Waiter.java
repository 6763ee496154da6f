package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Waits for one object: looks, then sleeps until the store tells of a change of it. The deadline is real time.
 *
 * @param <R> its kind
 */
final class Waiter<R extends Resource> {

    /** Looks at an object that is there. */
    @FunctionalInterface
    interface Judge<R> {
        Verdict judge(R object);
    }

    private final HandleContext context;
    private final ResourceType<R> type;
    private final ObjectKey key;
    private final ResourceType<?> about;

    Waiter(HandleContext context, ResourceType<R> type, ObjectKey key) {
        this(context, type, key, type);
    }

    /**
     * Waits for an object on behalf of another one of the same name.
     *
     * @param about the kind that failures speak of
     */
    Waiter(HandleContext context, ResourceType<R> type, ObjectKey key, ResourceType<?> about) {
        this.context = context;
        this.type = type;
        this.key = key;
        this.about = about;
    }

    R await(String what, Judge<R> judge, Duration timeout) throws InterruptedException {
        return await(what, judge, WatchQuery.of(type).namespace(scope()).named(key.name()), timeout);
    }

    /** Waits for an object whose pods may make success impossible: their changes wake it, too. */
    R awaitWithPods(String what, Judge<R> judge, Duration timeout) throws InterruptedException {
        return await(what, judge, WatchQuery.of(type, ResourceTypes.POD).namespace(scope()), timeout);
    }

    private @Nullable String scope() {
        return type.isNamespaced() ? key.namespace() : null;
    }

    private R await(String what, Judge<R> judge, WatchQuery query, Duration timeout) throws InterruptedException {
        requireNonNull(timeout, "timeout is null");
        long start = System.nanoTime();
        String uid = null;
        try (var wakeups = new Wakeups(query)) {
            while (true) {
                Optional<R> object = context.store().find(type, key);
                if (object.isPresent()) {
                    uid = object.get().metadata().uidOrEmpty();
                    Verdict verdict = judge.judge(object.get());
                    if (verdict instanceof Verdict.Done) {
                        return object.get();
                    }
                    if (verdict instanceof Verdict.Impossible impossible) {
                        throw failure(AwaitException.Reason.IMPOSSIBLE, what, impossible.why(), start);
                    }
                } else if (uid != null) {
                    throw failure(AwaitException.Reason.DELETED, what, "it has been deleted", start);
                }
                if (!wakeups.await(timeout.minusNanos(System.nanoTime() - start))) {
                    throw failure(what, timeout, start);
                }
            }
        }
    }

    void awaitDeleted(Duration timeout) throws InterruptedException {
        requireNonNull(timeout, "timeout is null");
        long start = System.nanoTime();
        Optional<R> first = context.store().find(type, key);
        if (first.isEmpty()) {
            return;
        }
        String uid = first.get().metadata().uidOrEmpty();
        try (var wakeups = new Wakeups(WatchQuery.of(type).namespace(scope()).named(key.name()))) {
            while (isThere(uid)) {
                if (!wakeups.await(timeout.minusNanos(System.nanoTime() - start))) {
                    throw failure("to be deleted", timeout, start);
                }
            }
        }
    }

    private boolean isThere(String uid) {
        return context.store()
                .find(type, key)
                .filter(object -> object.metadata().uidOrEmpty().equals(uid))
                .isPresent();
    }

    private boolean matters(Resource changed) {
        if (changed.resourceType().equals(type)) {
            return changed.key().equals(key);
        }
        return changed instanceof Pod pod && Hopeless.why(pod).isPresent();
    }

    /** Sleeps until something that matters has changed. */
    private final class Wakeups implements AutoCloseable {

        private final WatchQuery query;
        private WatchCursor cursor;

        Wakeups(WatchQuery query) {
            this.query = query;
            this.cursor = context.watch(query);
        }

        /** {@return whether there was a change in the time left} */
        boolean await(Duration left) throws InterruptedException {
            long start = System.nanoTime();
            while (true) {
                Duration rest = left.minusNanos(System.nanoTime() - start);
                if (rest.isNegative() || rest.isZero()) {
                    return false;
                }
                try {
                    StoreEvent event = cursor.next(rest);
                    if (event == null) {
                        return false;
                    }
                    if (matters(event.object())) {
                        return true;
                    }
                } catch (ApiException expired) {
                    // Too many changes to follow them all: the present state tells what is needed.
                    context.life().release(cursor);
                    cursor = context.watch(query);
                    return true;
                }
            }
        }

        @Override
        public void close() {
            context.life().release(cursor);
        }
    }

    private AwaitException failure(String what, Duration timeout, long start) throws InterruptedException {
        if (context.life().isOver()) {
            return failure(AwaitException.Reason.IMPOSSIBLE, what, "the orchestrator has been closed", start);
        }
        String why = "timed out after " + Ages.exact(timeout.isNegative() ? Duration.ZERO : timeout);
        return failure(AwaitException.Reason.TIMEOUT, what, why, start);
    }

    private AwaitException failure(AwaitException.Reason reason, String what, String why, long start)
            throws InterruptedException {
        String summary = about.singular() + " " + key + ": waited " + what + ": " + why;
        String after = reason == AwaitException.Reason.TIMEOUT
                ? ""
                : " (after " + Ages.exact(Duration.ofNanos(System.nanoTime() - start)) + ")";
        String explanation = context.life().isOver() ? "" : new Explanation(context).of(about, key);
        return new AwaitException(reason, summary + after, explanation);
    }
}
