package dev.orchestrator.docker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends and removes containers, several at once; what is gone or ended already is none of its business. */
final class Removal {

    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    private static final int AT_ONCE = 8;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Engine engine;

    Removal(Engine engine) {
        this.engine = engine;
    }

    /** Kills containers and waits until they have ended. */
    void kill(Collection<String> ids) throws InterruptedException {
        each("killing", ids, Removal::kill);
    }

    private static void kill(Engine engine, String id) {
        try {
            engine.ask("POST", "/containers/" + id + "/kill", "");
        } catch (DockerException e) {
            if (!Failures.isEnded(e)) {
                throw e;
            }
        }
    }

    /** Kills and removes containers, with their logs and anonymous volumes. */
    void remove(Collection<String> ids) throws InterruptedException {
        var later = new ConcurrentLinkedQueue<String>();
        each("removing", ids, (engine, id) -> remove(engine, id, later));
        if (!later.isEmpty() && later.size() < ids.size()) {
            // In the namespaces of these were others, which are gone now.
            remove(List.copyOf(later));
        } else if (!later.isEmpty()) {
            throw new DriverException(
                    Reason.UNAVAILABLE, "removing containers: others are in the namespaces of " + later);
        }
    }

    private static void remove(Engine engine, String id, Collection<String> later) {
        try {
            engine.ask("DELETE", "/containers/" + id + "?force=true&v=true", "");
            engine.forget(id);
        } catch (DockerException e) {
            boolean isBeingRemoved =
                    e.getHttpStatus() == CONFLICT && Failures.message(e).contains("already in progress");
            if (Failures.hasDependents(e)) {
                later.add(id);
            } else if (e.getHttpStatus() != NOT_FOUND && !isBeingRemoved) {
                throw e;
            }
        }
    }

    /**
     * Removes a network.
     *
     * @return whether it is gone; one that is in use stays
     */
    boolean removeNetwork(String id) throws InterruptedException {
        return engine.attempt("removing network " + id, () -> {
            try {
                engine.ask("DELETE", "/networks/" + id, "");
                return true;
            } catch (DockerException e) {
                LOG.debug("network {} is not removed", id, e);
                return e.getHttpStatus() == NOT_FOUND;
            }
        });
    }

    private void each(String what, Collection<String> ids, BiConsumer<Engine, String> action)
            throws InterruptedException {
        if (ids.size() == 1) {
            one(what, ids.iterator().next(), action);
            return;
        }
        var left = new ConcurrentLinkedQueue<>(ids);
        var failures = new ConcurrentLinkedQueue<Exception>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, ids.size()); i++) {
            workers.add(Thread.ofVirtual().name("docker/" + what).start(() -> {
                for (String id = left.poll(); id != null; id = left.poll()) {
                    try {
                        one(what, id, action);
                    } catch (InterruptedException | RuntimeException e) {
                        failures.add(e);
                    }
                }
            }));
        }
        join(workers);
        @Nullable Exception first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            throw Failures.translated(what + " containers", first);
        }
    }

    private static void join(List<Thread> workers) throws InterruptedException {
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            throw e;
        }
    }

    private void one(String what, String id, BiConsumer<Engine, String> action) throws InterruptedException {
        engine.attempt(what + " container " + id, () -> {
            action.accept(engine, id);
            return id;
        });
    }
}
