package dev.orchestrator.runtime.kubelet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/**
 * Serialises what happens to one pod: a mailbox, drained by one virtual thread that exists only while there is mail.
 * What takes time runs outside, usually on that same thread after it has left the mailbox, and reports back by mail.
 */
final class PodWorker {

    private static final Mail RUNNING = new Mail(Message.LOOK, null);
    private static final VarHandle MAIL;

    static {
        try {
            MAIL = MethodHandles.lookup().findVarHandle(PodWorker.class, "mail", Mail.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A message and those that came before it. */
    private record Mail(Message message, @Nullable Mail earlier) {}

    private final PodServices services;
    private final ObjectKey key;
    private final String uid;
    private final PodLife life;

    /** Null while nobody drains the mailbox; {@link #RUNNING} while somebody does and it is empty. */
    private volatile @Nullable Mail mail;

    /** The driver may have changed something since it was asked last. */
    private volatile boolean dirty;

    /** A step is under way and has not taken long yet: it will ask the driver itself when it ends. */
    private volatile boolean quiet;

    private volatile boolean gone;

    private volatile @Nullable ContainerId logBeingRead;

    PodWorker(PodServices services, Pod pod) {
        this.services = services;
        this.key = pod.key();
        this.uid = pod.metadata().uidOrEmpty();
        this.life = new PodLife(services, this, pod);
    }

    String uid() {
        return uid;
    }

    ObjectKey key() {
        return key;
    }

    /** {@return whether the pod and all that the driver had of it are gone} */
    boolean isGone() {
        return gone;
    }

    void setGone() {
        gone = true;
    }

    /** Says that the driver may have changed something. */
    void driverChanged() {
        dirty = true;
        if (!quiet) {
            post(Message.LOOK);
        }
    }

    boolean isDirty() {
        return dirty;
    }

    void clearDirty() {
        dirty = false;
    }

    void setDirty() {
        dirty = true;
    }

    boolean isQuiet() {
        return quiet;
    }

    void setQuiet() {
        quiet = true;
    }

    void clearQuiet() {
        quiet = false;
    }

    /** Takes in what the driver has of the pod, while nobody else knows this worker yet. */
    void takeOver(Message.Listed listed) {
        life.handle(listed);
    }

    /** Puts a message into the mailbox and sees to it that it is read. */
    void post(Message message) {
        if (claim(message)) {
            spawn(this::drainAndGoOn);
        }
    }

    /** {@return the container whose log somebody has begun to read, and has not come back; null when there is none} */
    @Nullable
    ContainerId logBeingRead() {
        return logBeingRead;
    }

    void setLogBeingRead(@Nullable ContainerId id) {
        logBeingRead = id;
    }

    /** {@return what the driver had of the pod when it was asked last; may be called by any thread} */
    Observed lastObserved() {
        return life.lastObserved();
    }

    /** {@return what the driver has of the pod, asked now by the calling thread} */
    Observed observeNow() throws InterruptedException {
        Observed last = life.lastObserved();
        SandboxState current = last.current();
        SandboxState retired = last.retired();
        return new Observed(
                current == null ? null : services.driver().sandbox(current.id()).orElse(null),
                retired == null ? null : services.driver().sandbox(retired.id()).orElse(null));
    }

    /** Runs an operation beside the mailbox, on a thread of its own. */
    void spawn(PodOperation operation) {
        spawn(() -> goOnAfter(operation));
    }

    private void spawn(Runnable task) {
        services.runners().start("pod/" + key, task);
    }

    /** {@return whether nobody drained the mailbox, so that the caller has to} */
    @SuppressWarnings("ReferenceEquality")
    private boolean claim(Message message) {
        while (true) {
            Mail last = mail;
            Mail next = new Mail(message, last == RUNNING ? null : last);
            if (MAIL.compareAndSet(this, last, next)) {
                return last == null;
            }
        }
    }

    private void drainAndGoOn() {
        PodOperation operation = drain();
        if (operation != null) {
            goOnAfter(operation);
        }
    }

    private void goOnAfter(PodOperation first) {
        PodOperation operation = first;
        while (operation != null) {
            Outcome outcome = operation.execute();
            if (outcome == null || !claim(operation.report(outcome))) {
                return;
            }
            operation = drain();
        }
    }

    /** Reads all mail. {@return an operation for the calling thread, which no longer owns the mailbox} */
    private @Nullable PodOperation drain() {
        while (true) {
            Mail all = (Mail) MAIL.getAndSet(this, RUNNING);
            handle(all);
            PodOperation operation = life.decide();
            if (MAIL.compareAndSet(this, RUNNING, null)) {
                return operation;
            }
            if (operation != null) {
                spawn(operation);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void handle(Mail all) {
        Mail oldest = null;
        for (Mail next = all == RUNNING ? null : all; next != null; next = next.earlier) {
            oldest = new Mail(next.message, oldest);
        }
        for (Mail next = oldest; next != null; next = next.earlier) {
            life.handle(next.message);
        }
    }
}
