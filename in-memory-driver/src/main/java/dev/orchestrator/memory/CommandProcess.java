package dev.orchestrator.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;

/** A command that is executed in a running container, on a virtual thread. */
final class CommandProcess implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Container container;
    private final ContainerCommand command;
    private final List<String> arguments;
    private final Streams streams;
    private final Activity activity;
    private final Completion ended;
    private final Thread thread;
    private boolean over;
    private boolean timedOut;
    private int exitCode;

    /** The streams of a command. */
    record Streams(InputStream in, OutputStream out, OutputStream err) {}

    private CommandProcess(Container container, ContainerCommand command, List<String> arguments, Streams streams) {
        this.container = container;
        this.command = command;
        this.arguments = arguments;
        this.streams = streams;
        this.activity = new Activity(container.time());
        this.ended = new Completion(container.time());
        this.thread = Thread.ofVirtual().name("exec/" + container.label()).unstarted(this::run);
    }

    /** Starts a command. */
    static CommandProcess start(Container container, List<String> arguments, Streams streams) {
        var process = new CommandProcess(container, find(container, arguments), arguments, streams);
        var resources = container.resources();
        try {
            resources.add(process);
        } catch (IOException e) {
            throw new DriverException(Reason.NOT_FOUND, "container " + container.id() + ": does not run", e);
        }
        resources.start(process.thread, process.activity::resume);
        return process;
    }

    private static ContainerCommand find(Container container, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new DriverException(Reason.EXEC_REJECTED, "container " + container.id() + ": the command is empty");
        }
        String name = arguments.get(0);
        ContainerCommand registered = container.commands().get(name);
        ContainerCommand found = registered != null ? registered : Commands.find(container, name);
        if (found == null) {
            throw new DriverException(Reason.EXEC_REJECTED, notFound(name));
        }
        return found;
    }

    private static String notFound(String name) {
        String problem = name.startsWith("/")
                ? "stat " + name + ": no such file or directory"
                : "executable file not found in $PATH";
        return "OCI runtime exec failed: exec failed: unable to start container process: exec: \"" + name + "\": "
                + problem;
    }

    private record Call(
            List<String> arguments, InputStream in, PrintStream out, PrintStream err, ContainerContext container)
            implements ContainerCommand.Call {}

    private void run() {
        activity.bind();
        var out = new PrintStream(streams.out(), true, StandardCharsets.UTF_8);
        var err = new PrintStream(streams.err(), true, StandardCharsets.UTF_8);
        try {
            container.gate().pass();
            var context = new ProcessContext(container, null);
            end(command.run(new Call(arguments, streams.in(), out, err, context)) & 0xff, false);
        } catch (InterruptedException e) {
            end(Signals.KILLED, false);
        } catch (ProcessExit e) {
            end(e.code(), false);
        } catch (Exception e) {
            e.printStackTrace(err);
            end(1, false);
        } finally {
            end(1, false);
            container.resources().leave();
            activity.end();
        }
    }

    /** Kills it because it takes too long. */
    void timeOut() {
        end(Signals.KILLED, true);
    }

    /** {@return whether it was killed because it took too long} */
    boolean hasTimedOut() {
        lock.lock();
        try {
            return timedOut;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the command unless it has ended already. */
    private void end(int code, boolean late) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            timedOut = late;
            exitCode = code;
        } finally {
            lock.unlock();
        }
        container.resources().remove(this);
        closeOutputs();
        ended.complete();
        if (!thread.equals(Thread.currentThread())) {
            activity.end();
            thread.interrupt();
        }
    }

    private void closeOutputs() {
        try {
            streams.out().close();
            streams.err().close();
        } catch (IOException e) {
            throw new IllegalStateException("a stream in memory closes without failure", e);
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        end(Signals.KILLED, false);
    }

    Completion ended() {
        return ended;
    }

    int exitCode() {
        lock.lock();
        try {
            return exitCode;
        } finally {
            lock.unlock();
        }
    }
}
