package dev.orchestrator.memory;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.memory.ContainerContext.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that runs as the main process of a container, on a virtual thread. */
final class ProgramProcess implements MainProcess {

    private static final Duration DRAIN_IDLE_FOR = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ProgramProcess.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopChanged = lock.newCondition();
    private final Container container;
    private final ContainerProgram program;
    private final ProcessContext context;
    private final Activity activity;
    private final Thread thread;
    private final Map<String, SignalHandler> handlers = new ConcurrentHashMap<>();
    private final Set<Activity> awaitingStop = ConcurrentHashMap.newKeySet();
    private final Set<ContainerServer> servers = ConcurrentHashMap.newKeySet();
    private boolean stopping;
    private volatile @Nullable String interruptedBy;

    private ProgramProcess(Container container, ContainerProgram program) {
        this.container = container;
        this.program = program;
        this.context = new ProcessContext(container, this);
        this.activity = new Activity(container.time());
        this.thread = Thread.ofVirtual().name("container/" + container.label()).unstarted(this::run);
    }

    /** {@return the process that an image stands for; null if it only idles} */
    static @Nullable MainProcess of(Container container) {
        return switch (container.image().behaviour()) {
            case Image.Behaviour.Idle() -> null;
            case Image.Behaviour.Unavailable ignored -> null;
            case Image.Behaviour.Runs(ContainerProgram program) -> new ProgramProcess(container, program);
            case Image.Behaviour.Scripted(ContainerScript script) -> scripted(container, script);
        };
    }

    private static MainProcess scripted(Container container, ContainerScript script) {
        var process = new ProgramProcess(container, script);
        // Before it runs, so that no signal comes too early.
        script.forAttempt(container.spec().attempt()).handleSignals(process.context);
        return process;
    }

    @Override
    public void launch() {
        container.resources().start(thread, activity::resume);
    }

    private void run() {
        activity.bind();
        try {
            int code = program.run(context);
            finish(code & 0xff);
        } catch (Throwable e) {
            fail(e);
        } finally {
            container.resources().leave();
            activity.end();
        }
    }

    private void finish(int code) throws InterruptedException {
        if (isStopping()) {
            for (ContainerServer server : servers) {
                server.drain(DRAIN_IDLE_FOR);
            }
        }
        container.end(code, false);
    }

    private void fail(Throwable failure) {
        String signal = interruptedBy;
        if (signal != null) {
            container.end(Signals.exitCode(signal), false);
        } else if (failure instanceof ProcessExit exit) {
            container.end(exit.code(), exit.isOutOfMemory());
        } else if (container.isRunning()) {
            failure.printStackTrace(context.err());
            container.end(1, false);
        }
    }

    @Override
    public void signal(String name) {
        SignalHandler handler = handlers.get(name);
        if (handler != null) {
            context.start("signal-" + name, () -> {
                handler.handle();
                if (!Signals.isIgnoredByDefault(name) && !handler.equals(IGNORE)) {
                    stopIfAsked(name);
                }
            });
        } else if (!Signals.isIgnoredByDefault(name)) {
            stopOrInterrupt(name);
        }
    }

    static final SignalHandler IGNORE = () -> {};

    private void stopIfAsked(String name) {
        if (name.equals(stopSignal())) {
            announceStop();
        }
    }

    private String stopSignal() {
        String wanted = container.spec().stopSignal();
        return wanted == null ? Signals.TERM : Signals.named(wanted);
    }

    /** Lets all threads that wait for it know that the container is to stop; {@return whether there was one} */
    private boolean announceStop() {
        lock.lock();
        try {
            stopping = true;
            awaitingStop.forEach(Activity::resume);
            stopChanged.signalAll();
            return !awaitingStop.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void stopOrInterrupt(String name) {
        if (!announceStop()) {
            interruptedBy = name;
            activity.resume();
            thread.interrupt();
        }
    }

    @Override
    public void kill() {
        activity.end();
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    int awaitStop() throws InterruptedException {
        var waiting = Activity.current(container.time());
        lock.lock();
        try {
            awaitingStop.add(waiting);
            while (!stopping) {
                waiting.pause();
                stopChanged.await();
            }
            forgiveInterruption();
            return 0;
        } finally {
            awaitingStop.remove(waiting);
            lock.unlock();
        }
    }

    /** A request to stop that came before the program waited for it has interrupted it: that is settled now. */
    private void forgiveInterruption() {
        if (interruptedBy != null) {
            interruptedBy = null;
            boolean cleared = Thread.interrupted();
            LOG.trace("{} waits for its stop, interrupted: {}", container.id(), cleared);
        }
    }

    void onSignal(String signal, SignalHandler handler) {
        handlers.put(signal, handler);
    }

    void drainAtStop(ContainerServer server) {
        servers.add(server);
    }
}
