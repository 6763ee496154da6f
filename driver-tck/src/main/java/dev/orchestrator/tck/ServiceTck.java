package dev.orchestrator.tck;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.PublishedService.Name;
import dev.orchestrator.spi.PublishedService.Route;
import dev.orchestrator.spi.PublishedService.Target;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the SPI says of services inside the network of pods. */
abstract class ServiceTck extends LogTck {

    private static final String IP = "10.96.200.7";
    private static final String NAME = "web.shop.svc.cluster.local";

    private static PublishedService web(List<Target> targets) {
        return new PublishedService(
                "shop",
                "web",
                List.of(new Route(IP, 80, TransportProtocol.TCP, Duration.ZERO, targets)),
                List.of(new Name(NAME, PublishedService.Type.A, List.of(IP))));
    }

    private Target serving(String text) throws InterruptedException {
        SandboxState server = sandbox();
        start(server.id(), spec(servesHttp(text)));
        eventually(text + " is served", () -> answers(address(server.id()), text));
        return new Target(server.ips().getFirst(), HTTP_PORT);
    }

    private ExecResult fetch(ContainerId client, String url) throws InterruptedException {
        return driver().exec(client, fetches(url), Duration.ofSeconds(30));
    }

    /** A driver whose programs ask the context where services are takes what it is told and does nothing about it. */
    private void takesServicesInSilence() throws InterruptedException {
        driver().publishService(web(List.of(new Target("10.244.0.1", HTTP_PORT))));
        driver().withdrawService("shop", "web");
    }

    @Test
    void aPublishedServiceIsReachedByItsAddressAndItsNames() throws InterruptedException {
        if (!driver().routesServices()) {
            takesServicesInSilence();
            return;
        }
        ContainerId before = run(runsUntilStopped());
        Target target = serving("served");

        driver().publishService(web(List.of(target)));

        ContainerId after = run(runsUntilStopped());
        for (ContainerId client : List.of(before, after)) {
            assertThat(fetch(client, "http://" + IP + "/").stdout()).contains("served");
            assertThat(fetch(client, "http://" + NAME + "/").stdout()).contains("served");
        }
    }

    @Test
    void whatIsPublishedLastHolds() throws InterruptedException {
        if (!driver().routesServices()) {
            takesServicesInSilence();
            return;
        }
        ContainerId client = run(runsUntilStopped());
        Target first = serving("first");
        Target second = serving("second");

        driver().publishService(web(List.of(first)));
        assertThat(fetch(client, "http://" + IP + "/").stdout()).contains("first");
        driver().publishService(web(List.of(second)));
        assertThat(fetch(client, "http://" + IP + "/").stdout()).contains("second");
        driver().publishService(web(List.of()));
        assertThat(fetch(client, "http://" + IP + "/").exitCode()).isNotZero();
    }

    @Test
    void aWithdrawnServiceIsGone() throws InterruptedException {
        if (!driver().routesServices()) {
            takesServicesInSilence();
            return;
        }
        ContainerId client = run(runsUntilStopped());
        driver().publishService(web(List.of(serving("served"))));
        assertThat(fetch(client, "http://" + NAME + "/").stdout()).contains("served");

        driver().withdrawService("shop", "web");

        assertThat(fetch(client, "http://" + IP + "/").exitCode()).isNotZero();
        assertThat(fetch(client, "http://" + NAME + "/").exitCode()).isNotZero();
    }

    @Test
    void publishingAndWithdrawingMayBeRepeatedAndNeedNoPod() throws InterruptedException {
        driver().publishService(web(List.of()));
        driver().publishService(web(List.of()));
        driver().withdrawService("shop", "web");
        driver().withdrawService("shop", "web");

        assertThat(driver().sandboxes()).isEmpty();
    }

    @Test
    void aClosedDriverPublishesNothing() throws InterruptedException {
        boolean isRouting = driver().routesServices();
        driver().close();
        if (!isRouting) {
            takesServicesInSilence();
            return;
        }

        assertFails(Reason.UNAVAILABLE, () -> driver().publishService(web(List.of())));
        assertFails(Reason.UNAVAILABLE, () -> driver().withdrawService("shop", "web"));
    }
}
