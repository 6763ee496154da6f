package dev.orchestrator.docker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Ends and removes containers, several at once; what is gone or ended already is none of its business. */
final class Removal {

    private static final int AT_ONCE = 8;

    private final Engine engine;

    Removal(Engine engine) {
        this.engine = engine;
    }

    /** Kills containers and waits until they have ended. */
    void kill(Collection<String> ids) throws InterruptedException {
        each("killing", ids, Removal::kill);
    }

    private static void kill(DockerClient docker, String id) {
        try {
            docker.killContainerCmd(id).exec();
        } catch (NotFoundException | ConflictException e) {
            // Gone, or not running.
            return;
        } catch (DockerException e) {
            // Older engines say 500 for a container that does not run.
            if (!Failures.message(e).contains("is not running")) {
                throw e;
            }
        }
    }

    /** Kills and removes containers, with their logs and anonymous volumes. */
    void remove(Collection<String> ids) throws InterruptedException {
        each("removing", ids, Removal::remove);
    }

    private static void remove(DockerClient docker, String id) {
        try {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Gone.
            return;
        } catch (ConflictException e) {
            if (!Failures.message(e).contains("already in progress")) {
                throw e;
            }
        }
    }

    private void each(String what, Collection<String> ids, BiConsumer<DockerClient, String> action)
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

    private void one(String what, String id, BiConsumer<DockerClient, String> action) throws InterruptedException {
        engine.call(what + " container " + id, docker -> {
            action.accept(docker, id);
            return id;
        });
    }
}
