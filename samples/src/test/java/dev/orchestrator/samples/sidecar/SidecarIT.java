package dev.orchestrator.samples.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.docker.DockerDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** How a service with a sidecar is tested: the container is killed by hand in the middle of its work. */
@Tag("docker")
@Timeout(900)
class SidecarIT {

    @BeforeAll
    static void findEngine() throws InterruptedException {
        DockerCli.require();
    }

    @Test
    void answersAlthoughTheSidecarIsKilledInTheMiddleOfItsWork() throws Exception {
        try (PrimeService service = PrimeService.start(new DockerDriver());
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            URI before = service.uri();
            assertThat(Sidecar.get(service, 100)).isEqualTo("25");
            Pod pod = service.sidecar().get();
            List<String> containers = DockerCli.containers(pod.metadata().uidOrEmpty());
            assertThat(containers).hasSize(1);

            Future<String> answer = clients.submit(() -> Sidecar.get(service, 100_000));
            Sidecar.awaitWork(service.sidecar(), 100_000);
            DockerCli.kill(containers.getFirst());

            assertThat(answer.get()).isEqualTo("9592");
            assertThat(PrimeService.restarts(service.sidecar().get())).isEqualTo(1);
            assertThat(service.tries())
                    .as("one for the first answer, more for the second")
                    .isGreaterThan(2);
            assertThat(service.uri()).isEqualTo(before);
        }
        assertThat(DockerCli.left()).isEmpty();
    }

    @Test
    void tellsItsWholeStory() throws Exception {
        var printed = new ByteArrayOutputStream();

        new Sidecar(new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("its sidecar is ready.")
                .contains("Primes up to 1000: 168")
                .contains("is killed while it counts")
                .contains("Primes up to 30000: 3245")
                .contains("was restarted, the client has not noticed.")
                .endsWith("Closed: no container, network or file is left." + System.lineSeparator());
        assertThat(DockerCli.left()).isEmpty();
    }
}
