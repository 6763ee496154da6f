package dev.orchestrator.tck;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link dev.orchestrator.spi.ContainerDriver} as tests: one for each promise in its Javadoc. A driver
 * extends this class and supplies what to run; it must pass all of it.
 *
 * <p>Commands that are executed are those of every small image: {@code cat}, {@code echo}, {@code printenv},
 * {@code sleep} and {@code true}. The tests run on the real time, one driver for each.
 */
@Timeout(120)
public abstract class ContainerDriverTck extends StateTck {

    private static final int PODS_AT_ONCE = 50;

    /** For subclasses. */
    protected ContainerDriverTck() {}

    // Images

    @Test
    void anImageIsPresentAfterItWasPulled() throws InterruptedException {
        String image = pullableImage();
        var pulled = driver().pullImage(new ImagePull(node(), image, List.of(), progress -> {}));
        var again = driver().pullImage(new ImagePull(node(), image, List.of(), progress -> {}));

        assertThat(pulled.id()).isNotEmpty();
        assertThat(again.id()).isEqualTo(pulled.id());
        assertThat(driver().image(node(), image)).contains(pulled);
    }

    @Test
    void anImageThatDoesNotExistCanNotBePulled() throws InterruptedException {
        assertFails(Reason.IMAGE_NOT_FOUND, () -> pull(missingImage()));
        assertThat(driver().image(node(), missingImage())).isEmpty();
    }

    @Test
    void aNameThatIsNotOneIsRefused() {
        assertFails(Reason.INVALID_IMAGE_NAME, () -> pull("Not An Image"));
        assertFails(Reason.INVALID_IMAGE_NAME, () -> pull("app:"));
    }

    // Events

    private static final class Recorder implements DriverListener {

        private final Queue<String> pods = new ConcurrentLinkedQueue<>();

        @Override
        public void podChanged(String podUid) {
            pods.add(podUid);
        }

        @Override
        public void nodesChanged() {
            // Not what is tested with it.
        }

        @Override
        public void eventsLost() {
            // Allowed at any time.
        }

        private void awaitChange(String what, String podUid) {
            eventually(what + " is told", () -> pods.contains(podUid));
            pods.clear();
        }
    }

    @Test
    void tellsOfEachChangeOfAPod() throws InterruptedException {
        var recorder = new Recorder();
        driver().subscribe(recorder);
        String uid = uid();
        SandboxId sandbox = driver().runSandbox(sandboxSpec(uid, 0)).id();
        ContainerId id = create(sandbox, spec(runsUntilStopped()));
        recorder.pods.clear();

        driver().startContainer(id);
        recorder.awaitChange("a start", uid);
        driver().stopContainer(id, GRACE);
        recorder.awaitChange("an end", uid);
        driver().removeContainer(id);
        recorder.awaitChange("a removal", uid);
        driver().stopSandbox(sandbox);
        recorder.awaitChange("the stop of a sandbox", uid);
    }

    @Test
    void tellsOfAProcessThatEndsByItself() throws InterruptedException {
        var recorder = new Recorder();
        driver().subscribe(recorder);
        String uid = uid();
        SandboxId sandbox = driver().runSandbox(sandboxSpec(uid, 0)).id();

        ContainerId id = start(sandbox, spec(exits(3)));

        eventually("the end is told, and seen by whoever looks then", () -> {
            boolean told = recorder.pods.poll() != null;
            return told && phase(id) == Phase.EXITED;
        });
    }

    private Phase phase(ContainerId id) {
        try {
            return state(id).phase();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void aListenerThatCameLateFindsEverythingInTheList() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId id = start(sandbox, spec(exits(3)));
        ended(id);
        driver().subscribe(new Recorder());

        var listed = driver().sandboxes();

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).containers()).containsExactly(state(id));
    }

    // Many at once, and the end

    @Test
    void runsManyPodsAtOnce() throws InterruptedException {
        ensure(runsUntilStopped().image());
        var running = new ConcurrentLinkedQueue<ContainerId>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < PODS_AT_ONCE; i++) {
            threads.add(inBackground(() -> running.add(run(runsUntilStopped()))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(driver().sandboxes()).hasSize(PODS_AT_ONCE);
        assertThat(running).hasSize(PODS_AT_ONCE).doesNotHaveDuplicates();
        assertThat(driver().sandboxes().stream().flatMap(sandbox -> sandbox.ips().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameCallFromManyThreadsHappensOnce() throws InterruptedException {
        ensure(runsUntilStopped().image());
        var spec = sandboxSpec(uid(), 0);
        var ids = new ConcurrentLinkedQueue<ContainerId>();
        var failures = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 10; i++) {
            threads.add(inBackground(() -> {
                failures.incrementAndGet();
                ids.add(start(driver().runSandbox(spec).id(), spec(runsUntilStopped())));
                failures.decrementAndGet();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).hasValue(0);
        assertThat(ids).hasSize(10).containsOnly(ids.element());
        assertThat(driver().sandboxes()).hasSize(1);
        assertThat(driver().sandboxes().get(0).containers()).hasSize(1);
    }

    @Test
    void closingEndsEverything() throws Exception {
        SandboxId sandbox = sandbox().id();
        InetSocketAddress address = address(sandbox);
        ContainerId id = start(sandbox, spec(servesHttp("still here")));
        runIgnoringStop();
        eventually("it answers", () -> answers(address, "still here"));
        var log = driver().logs(id, new LogQuery(true, 0, null));
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                driver().stopContainer(runIgnoringStop(), Duration.ofMinutes(10));
            } catch (InterruptedException | RuntimeException e) {
                // Either is a way to be told that the driver has closed.
                Thread.currentThread().interrupt();
            }
        });

        driver().close();

        assertThat(log.next()).isNull();
        stopper.join(Duration.ofSeconds(10));
        assertThat(stopper.isAlive()).isFalse();
        assertThat(answers(address, "still here")).isFalse();
        assertThat(driver().hostAddress(sandbox, HTTP_PORT, dev.orchestrator.spi.TransportProtocol.TCP))
                .isEmpty();
        assertFails(Reason.UNAVAILABLE, () -> driver().runSandbox(sandboxSpec(uid(), 0)));
        assertFails(Reason.UNAVAILABLE, () -> driver().sandboxes());
        assertFails(Reason.UNAVAILABLE, () -> driver().startContainer(id));
        driver().close();
    }
}
