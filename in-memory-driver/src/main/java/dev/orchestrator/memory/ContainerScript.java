package dev.orchestrator.memory;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A behaviour of a container, said in a few words instead of code; immutable.
 *
 * <pre>{@code
 * driver.image("batch:1", ContainerScript.runFor(ofSeconds(5)).exitCode(1));
 * driver.image("leaky:1", ContainerScript.runFor(ofMinutes(10)).outOfMemory());
 * driver.image("flaky:1", ContainerScript.exits(1).times(2).then(ContainerScript.runs()));
 * driver.image("sick:1", ContainerScript.healthyFor(ofSeconds(30)).thenUnhealthy());
 * }</pre>
 *
 * <p>All times are the orchestrator's, so that a {@link dev.orchestrator.api.ManualClock} runs through them at once.
 *
 * <p>A script answers HTTP requests on the TCP ports that its container declares, and on those of {@link #httpOk}: with
 * status 200 while it is healthy, with 503 while it is not.
 */
public final class ContainerScript implements ContainerProgram {

    /** Whether it is healthy, and for how long: null for ever. */
    private record Health(boolean healthy, @Nullable Duration length) {}

    // Set only on a copy that nobody has seen yet.
    private @Nullable Duration runFor;
    private int exitCode;
    private boolean outOfMemory;
    private Duration startDelay = Duration.ZERO;
    private @Nullable String startError;
    private @Nullable String createError;
    private boolean ignoresStop;
    private Duration stopTakes = Duration.ZERO;
    private List<Integer> ports = List.of();
    private List<Health> healths = List.of();
    private List<String> output = List.of();
    private @Nullable Duration repeatEvery;
    private String repeated = "";
    private long cpuMilli;
    private long memoryBytes;
    private int times = Integer.MAX_VALUE;
    private @Nullable ContainerScript next;

    private ContainerScript() {}

    private ContainerScript(ContainerScript other) {
        runFor = other.runFor;
        exitCode = other.exitCode;
        outOfMemory = other.outOfMemory;
        startDelay = other.startDelay;
        startError = other.startError;
        createError = other.createError;
        ignoresStop = other.ignoresStop;
        stopTakes = other.stopTakes;
        ports = other.ports;
        healths = other.healths;
        output = other.output;
        repeatEvery = other.repeatEvery;
        repeated = other.repeated;
        cpuMilli = other.cpuMilli;
        memoryBytes = other.memoryBytes;
        times = other.times;
        next = other.next;
    }

    private ContainerScript with(Consumer<ContainerScript> change) {
        var copy = new ContainerScript(this);
        change.accept(copy);
        return copy;
    }

    private static <T> List<T> plus(List<T> list, T element) {
        return Stream.concat(list.stream(), Stream.of(element)).toList();
    }

    // How it begins

    /** {@return a container that runs until it is stopped and then exits with 0} */
    public static ContainerScript runs() {
        return new ContainerScript();
    }

    /** {@return a container that runs for a while and then exits, with 0 unless {@link #exitCode} says otherwise} */
    public static ContainerScript runFor(Duration duration) {
        requireNonNull(duration, "duration is null");
        return runs().with(script -> script.runFor = duration);
    }

    /** {@return a container that exits at once, each time it is started: with any code but 0, a crash loop} */
    public static ContainerScript exits(int code) {
        return runFor(Duration.ZERO).exitCode(code);
    }

    /** {@return a container whose process can not be started} */
    public static ContainerScript startError(String message) {
        requireNonNull(message, "message is null");
        return runs().with(script -> script.startError = message);
    }

    /** {@return a container that can not be made as specified} */
    public static ContainerScript createError(String message) {
        requireNonNull(message, "message is null");
        return runs().with(script -> script.createError = message);
    }

    /** {@return a container that is healthy for a while and then is not, unless more is said} */
    public static ContainerScript healthyFor(Duration duration) {
        return runs().health(true, requireNonNull(duration, "duration is null"));
    }

    /** {@return a container that is not healthy for a while, such as while it warms up, and then is} */
    public static ContainerScript unhealthyFor(Duration duration) {
        return runs().health(false, requireNonNull(duration, "duration is null"));
    }

    // How it goes on

    private ContainerScript health(boolean healthy, @Nullable Duration length) {
        return with(script -> script.healths = plus(healths, new Health(healthy, length)));
    }

    /** From then on it is not healthy. */
    public ContainerScript thenUnhealthy() {
        return health(false, null);
    }

    /** From then on it is healthy. */
    public ContainerScript thenHealthy() {
        return health(true, null);
    }

    /** Then it is not healthy for a while. */
    public ContainerScript thenUnhealthyFor(Duration duration) {
        return health(false, requireNonNull(duration, "duration is null"));
    }

    /** Then it is healthy for a while. */
    public ContainerScript thenHealthyFor(Duration duration) {
        return health(true, requireNonNull(duration, "duration is null"));
    }

    /** Answers HTTP requests on these ports too, which need not be declared. */
    public ContainerScript httpOk(int... more) {
        return with(script -> script.ports =
                Stream.concat(ports.stream(), Arrays.stream(more).boxed()).toList());
    }

    /** Sets the exit code at the end of {@link #runFor}. */
    public ContainerScript exitCode(int code) {
        return with(script -> script.exitCode = code);
    }

    /** Lets it be killed for using too much memory at the end of {@link #runFor}. */
    public ContainerScript outOfMemory() {
        return with(script -> {
            script.outOfMemory = true;
            script.exitCode = Signals.KILLED;
        });
    }

    /** Lets the start of the container take a while. */
    public ContainerScript startDelay(Duration delay) {
        requireNonNull(delay, "delay is null");
        return with(script -> script.startDelay = delay);
    }

    /** Lets it go on when it is asked to stop, until it is killed. */
    public ContainerScript ignoreSigterm() {
        return with(script -> script.ignoresStop = true);
    }

    /** Lets it take a while to end when it is asked to stop. */
    public ContainerScript stopTakes(Duration duration) {
        requireNonNull(duration, "duration is null");
        return with(script -> script.stopTakes = duration);
    }

    /** Writes a line when it starts, after those said before. */
    public ContainerScript prints(String line) {
        return with(script -> script.output = plus(output, line));
    }

    /** Writes a line again and again, the first time when it starts. */
    public ContainerScript printsEvery(Duration interval, String line) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval " + interval + ": must be positive");
        }
        return with(script -> {
            script.repeatEvery = interval;
            script.repeated = line;
        });
    }

    /**
     * Sets what it says to use, for autoscaling and {@code top}.
     *
     * @param cpu processors, such as {@code "250m"}
     * @param memory bytes, such as {@code "64Mi"}
     */
    public ContainerScript uses(String cpu, String memory) {
        return with(script -> {
            script.cpuMilli = Quantity.parse(cpu).milli();
            script.memoryBytes = Quantity.parse(memory).ceiling();
        });
    }

    /** Behaves like this only the first times that it is started in a pod; {@link #then} says what follows. */
    public ContainerScript times(int count) {
        return with(script -> script.times = count);
    }

    /** Says how it behaves after it was restarted {@link #times} times; once unless said. */
    public ContainerScript then(ContainerScript later) {
        requireNonNull(later, "later is null");
        return with(script -> {
            script.times = next == null && times == Integer.MAX_VALUE ? 1 : times;
            script.next = next == null ? later : next.then(later);
        });
    }

    // What the driver asks

    /** {@return the script for a container that the pod had so many of before} */
    ContainerScript forAttempt(int attempt) {
        return next == null || attempt < times ? this : next.forAttempt(attempt - times);
    }

    Duration startDelay() {
        return startDelay;
    }

    @Nullable
    String startError() {
        return startError;
    }

    @Nullable
    String createError() {
        return createError;
    }

    /** {@return the ports that it answers on besides those that the container declares} */
    List<Integer> ports() {
        return ports;
    }

    /** {@return whether it is healthy so long after its start} */
    boolean isHealthyAfter(Duration running) {
        boolean healthy = true;
        Duration end = Duration.ZERO;
        for (Health health : healths) {
            healthy = health.healthy();
            if (health.length() == null) {
                return healthy;
            }
            end = end.plus(health.length());
            if (running.compareTo(end) < 0) {
                return healthy;
            }
        }
        return healths.isEmpty() || !healthy;
    }

    /** {@inheritDoc} Only the driver calls this. */
    @Override
    public int run(ContainerContext context) throws Exception {
        return forAttempt(context.attempt()).play((ProcessContext) context);
    }

    /** Says what signals do, before the script runs. */
    void handleSignals(ContainerContext context) {
        if (ignoresStop) {
            context.ignoreSignal(Signals.TERM);
        } else if (stopTakes.isPositive()) {
            context.onSignal(Signals.TERM, () -> context.sleep(stopTakes));
        }
    }

    private int play(ProcessContext context) throws InterruptedException {
        if (cpuMilli > 0 || memoryBytes > 0) {
            context.container().usage().set(cpuMilli, memoryBytes);
        }
        print(context);
        Duration length = runFor;
        if (length != null && !length.isPositive()) {
            throw new ProcessExit(exitCode, outOfMemory);
        }
        if (length != null) {
            context.start("script", () -> {
                context.sleep(length);
                context.container().end(exitCode, outOfMemory);
            });
        }
        return context.awaitStop();
    }

    private void print(ProcessContext context) {
        output.forEach(context.out()::println);
        Duration interval = repeatEvery;
        if (interval != null) {
            context.start("printer", () -> {
                while (true) {
                    context.out().println(repeated);
                    context.sleep(interval);
                }
            });
        }
    }
}
