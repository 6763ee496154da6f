package dev.orchestrator.docker;

import java.util.Optional;

import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.docker.Owner.Life;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What texts mean: references, versions, subnets, owners, the engine's refusals. */
class NamesAndNumbersTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "busybox, busybox, latest",
        "busybox:1.37, busybox, 1.37",
        "registry.k8s.io/pause:3.10, registry.k8s.io/pause, 3.10",
        "localhost:5000/a/b__c, localhost:5000/a/b__c, latest",
        "127.0.0.1:5000/app:1, 127.0.0.1:5000/app, 1"
    })
    void readsAReference(String text, String name, String version) {
        assertThat(ImageReference.of(text)).contains(new ImageReference(name, version));
    }

    @Test
    void prefersTheDigestOfAReference() {
        String digest = "sha256:" + "ab".repeat(32);

        assertThat(ImageReference.of("app:1@" + digest)).contains(new ImageReference("app", digest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Not An Image", "app:", "App", "a//b", "app:tag:tag", "app@sha256:short"})
    void refusesWhatIsNoReference(String text) {
        assertThat(ImageReference.of(text)).isEmpty();
    }

    @ParameterizedTest(name = "an engine with {0}: {1}")
    @CsvSource({"1.40, 1.40", "1.41, 1.41", "1.44, 1.44", "1.52, 1.44", "2.0, 1.44"})
    void agreesOnTheNewestVersionThatBothSpeak(String offered, String agreed) {
        assertThat(ApiVersion.agreed(offered)).hasToString(agreed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.24", "1.39", "", "new"})
    void refusesEnginesThatAreTooOld(String offered) {
        assertThatThrownBy(() -> ApiVersion.agreed(offered))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "10.208.1.0/24, 10.208.1.0/24, true",
        "10.208.1.0/24, 10.208.2.0/24, false",
        "10.208.1.0/24, 10.0.0.0/8, true",
        "192.168.0.0/16, 192.168.250.1/32, true",
        "10.208.1.0/24, 0.0.0.0/0, false"
    })
    void knowsWhetherSubnetsOverlap(String one, String other, boolean overlap) {
        assertThat(Subnet.of(one).orElseThrow().overlaps(Subnet.of(other).orElseThrow()))
                .isEqualTo(overlap);
    }

    @Test
    void readsTheRoutesOfTheMachine() {
        assertThat(Subnet.ofRoute("docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0"))
                .contains(Subnet.of("172.17.0.0/16").orElseThrow());
        assertThat(Subnet.ofRoute("eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0"))
                .isEmpty();
        assertThat(Subnet.of("fe80::/64")).isEmpty();
    }

    @Test
    void knowsWhetherAnOwnerLives() {
        Owner self = Owner.ofThisProcess();
        var reused = new Owner(self.machine(), self.boot(), self.processes(), self.pid(), "1");
        var gone = new Owner(self.machine(), self.boot(), self.processes(), 999_999_999, "1");
        var elsewhere = new Owner("another machine", self.boot(), self.processes(), 999_999_999, "1");

        assertThat(Owner.of(self.text())).contains(self);
        assertThat(self.life()).isEqualTo(Life.ALIVE);
        assertThat(reused.life()).isEqualTo(Life.DEAD);
        assertThat(gone.life()).isEqualTo(Life.DEAD);
        assertThat(elsewhere.life()).isEqualTo(Life.UNKNOWN);
        assertThat(Owner.of("nonsense")).isEqualTo(Optional.empty());
    }

    @Test
    void takesTheWordsOfTheEngine() throws InterruptedException {
        var refused = new DockerException("{\"message\":\"No such container: x\"}\n", 404);

        var failure = Failures.translated("inspecting", refused);

        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(failure).hasMessage("inspecting: No such container: x");
    }
}
