package dev.orchestrator.benchmarks.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import dev.orchestrator.benchmarks.report.Measured;

/**
 * One pod after another, ours, raw and of the CLI in turn: creation, {@code true} in it, deletion; then containers that
 * are killed. Argument: rounds. Prints milliseconds.
 */
final class PodRounds {

    private static final int EXECS = 5;
    private static final int WARM_UP = 3;

    private final Ours ours;
    private final RawEngine raw = new RawEngine();
    private final String network = "benchmark-" + ProcessHandle.current().pid();

    private interface Step {
        void run() throws Exception;
    }

    private PodRounds() throws InterruptedException {
        ours = new Ours();
    }

    /** Prints values named {@code up-ours}, {@code exec-raw}, {@code down-cli} and so on, and {@code restart}. */
    public static void main(String[] arguments) throws Exception {
        var rounds = new PodRounds();
        rounds.raw.makeNetwork(rounds.network);
        try (rounds.ours) {
            for (int i = -WARM_UP; i < Integer.parseInt(arguments[0]); i++) {
                rounds.round(i);
            }
            rounds.restarts(Integer.parseInt(arguments[0]));
        } finally {
            rounds.raw.removeNetwork(rounds.network);
            rounds.raw.close();
        }
    }

    private void round(int number) throws Exception {
        String name = "one-" + (number + WARM_UP);
        String mine = network + "-raw";
        String shell = network + "-cli";
        boolean counts = number >= 0;
        time(counts, "up-ours", () -> ours.up(name));
        time(counts, "up-raw", () -> raw.up(network, mine));
        time(counts, "up-cli", () -> CliEngine.up(network, shell));
        for (int i = 0; i < EXECS; i++) {
            time(counts, "exec-ours", () -> ours.cluster().pods().named(name).exec("true"));
            time(counts, "exec-raw", () -> raw.exec(mine));
            time(counts, "exec-cli", () -> CliEngine.exec(shell));
        }
        time(counts, "down-ours", () -> ours.down(name));
        time(counts, "down-raw", () -> raw.down(mine));
        time(counts, "down-cli", () -> CliEngine.down(shell));
    }

    private static void time(boolean counts, String name, Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        if (counts) {
            Measured.print(System.out, name, (System.nanoTime() - begin) / 1e6);
        }
    }

    /** Kills containers for the first time, when no back-off holds them up; the engine's own clock counts. */
    private void restarts(int count) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("killed-" + i);
            ours.create("killed-" + i);
        }
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (var listening = raw.docker()
                .eventsCmd()
                .withEventTypeFilter("container")
                .withEventFilter("die", "create")
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        events.add(event);
                    }
                })) {
            listening.awaitStarted();
            for (String name : names) {
                ours.awaitRunning(name);
            }
            events.clear();
            for (String name : names) {
                raw.docker().killContainerCmd(raw.containerOf(name)).exec();
                long died = moment(events, "die", name);
                Measured.print(System.out, "restart", (moment(events, "create", name) - died) / 1e6);
            }
        }
    }

    private static long moment(BlockingQueue<Event> events, String action, String pod) throws InterruptedException {
        while (true) {
            Event event = events.poll(1, TimeUnit.MINUTES);
            if (event == null) {
                throw new IllegalStateException("no event " + action + " of pod " + pod);
            }
            var actor = event.getActor();
            boolean isOfPod = actor != null
                    && actor.getAttributes() != null
                    && pod.equals(actor.getAttributes().get("io.kubernetes.pod.name"));
            Long nanos = event.getTimeNano();
            if (isOfPod && action.equals(event.getAction()) && nanos != null) {
                return nanos;
            }
        }
    }
}
