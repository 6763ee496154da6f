package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.orchestrator.api.model.core.Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** What a status says that a container has left behind. */
class LastWordsTest {

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Container fallingBack(String name) {
        return container(name, more -> more.terminationMessagePolicy("FallbackToLogsOnError"));
    }

    private void runToItsEnd(Container... containers) throws InterruptedException {
        node.create("web", spec -> spec.restartPolicy("Never").containers(List.of(containers)));
        node.advance(Duration.ofSeconds(1));
    }

    @Test
    void theEndOfTheLogSpeaksForAContainerThatFailedSilently() throws InterruptedException {
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(1), 1).writes(List.of("no such table", "goodbye"));

        runToItsEnd(fallingBack("app"));

        assertThat(node.end("web", "app").message()).isEqualTo("no such table\ngoodbye\n");
    }

    @Test
    void noMoreThanEightyLinesAreTaken() throws InterruptedException {
        var lines = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(1), 1).writes(lines);

        runToItsEnd(fallingBack("app"));

        assertThat(node.end("web", "app").message()).isEqualTo(String.join("\n", lines.subList(120, 200)) + "\n");
    }

    @Test
    void noMoreThanTwoKilobytesAreTakenAndNoCharacterIsCut() throws InterruptedException {
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(1), 1).writes(List.of("\u00e9".repeat(3000)));

        runToItsEnd(fallingBack("app"));

        assertThat(node.end("web", "app").message()).isEqualTo("\u00e9".repeat(1023) + "\n");
    }

    @Test
    void aMessageOfItsOwnComesFirst() throws InterruptedException {
        node.driver
                .image("app:1")
                .thenRuns(Duration.ofSeconds(1), 1)
                .writes(List.of("noise"))
                .leaves("out of ideas");

        runToItsEnd(fallingBack("app"));

        assertThat(node.end("web", "app").message()).isEqualTo("out of ideas");
    }

    @Test
    void successAndThePolicyFileNeedNoLog() throws InterruptedException {
        node.driver.image("good:1").thenRuns(Duration.ofSeconds(1), 0).writes(List.of("noise"));
        node.driver.image("bad:1").thenRuns(Duration.ofSeconds(1), 1).writes(List.of("noise"));

        runToItsEnd(fallingBack("good"), container("bad"));

        assertThat(node.end("web", "good").message()).isNull();
        assertThat(node.end("web", "bad").message()).isNull();
        assertThat(node.driver.calls()).noneMatch(call -> call.startsWith("logs"));
    }

    @Test
    void theLogIsReadOnceHoweverOftenThePodIsLookedAt() throws InterruptedException {
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(1), 1).writes(List.of("no such table"));
        node.create("web", spec -> spec.restartPolicy("Never").containers(List.of(fallingBack("app"), container("b"))));
        node.advance(Duration.ofSeconds(1));

        node.driver.kill("web", "b", 0);
        node.driver.eventsLost();
        node.clock.settle();

        assertThat(node.end("web", "app").message()).isEqualTo("no such table\n");
        assertThat(node.driver.calls().stream().filter(call -> call.startsWith("logs")))
                .hasSize(1);
    }

    @Test
    void aLogThatCanNotBeReadSaysSo() throws InterruptedException {
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(1), 1);
        node.driver.faults(
                (call, about) -> call.equals("logs") ? ScriptedDriver.Fault.THROW : ScriptedDriver.Fault.NONE);

        runToItsEnd(fallingBack("app"));

        assertThat(node.end("web", "app").message())
                .isEqualTo("Error on reading termination message from logs: no answer");
    }

    @Test
    void thePodsContainersShareTwelveKilobytes() throws InterruptedException {
        var names = List.of("a", "b", "c", "d");
        names.forEach(name -> node.driver
                .image(name + ":1")
                .thenRuns(Duration.ofSeconds(1), 1)
                .leaves("x".repeat(4096)));

        runToItsEnd(names.stream().map(TestNode::container).toArray(Container[]::new));

        assertThat(names)
                .allSatisfy(name -> assertThat(node.end("web", name).message()).hasSize(3072));
    }
}
