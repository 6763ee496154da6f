package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** Who is to be told of a commit: collected with the store's lock held, woken once it is free. */
final class Woken {

    private final Callers callers;
    private @Nullable List<WatchCursor> readers;
    private @Nullable List<Subscription> subscriptions;

    Woken(Callers callers) {
        this.callers = callers;
    }

    void add(WatchCursor cursor) {
        Subscription subscription = cursor.subscription();
        if (subscription != null) {
            if (subscriptions == null) {
                subscriptions = new ArrayList<>(2);
            }
            subscriptions.add(subscription);
        } else {
            if (readers == null) {
                readers = new ArrayList<>();
            }
            readers.add(cursor);
        }
    }

    void wake() {
        // One thread is called for all callbacks: first, so that it wakes up while the readers are told.
        if (subscriptions != null) {
            callers.submit(subscriptions);
        }
        if (readers != null) {
            for (WatchCursor reader : readers) {
                LockSupport.unpark(reader.sleeper());
            }
        }
    }
}
