package dev.orchestrator.docker;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.PublishedService.Name;
import dev.orchestrator.spi.PublishedService.Route;
import dev.orchestrator.spi.PublishedService.Target;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServiceTableTest {

    private static PublishedService service(String name, List<Route> routes, Name... names) {
        return new PublishedService("shop", name, routes, List.of(names));
    }

    private static String hex(PublishedService... services) {
        return HexFormat.of().formatHex(ServiceTable.frame(7, List.of(services)));
    }

    @Test
    void writesLengthAndSerialFirst() {
        assertThat(hex()).isEqualTo("00000004" + "00000007");
    }

    @Test
    void writesARouteWithItsTargets() {
        var route = new Route(
                "10.96.0.20",
                53,
                TransportProtocol.UDP,
                Duration.ofSeconds(9),
                List.of(new Target("10.208.1.2", 5353)));

        assertThat(hex(service("dns", List.of(route))))
                .endsWith("00000007" + "53" + "11" + "0a600014" + "0035" + "00000009" + "0001" + "0ad00102" + "14e9");
    }

    @Test
    void leavesOutWhatIsNeitherTcpNorUdp() {
        var route = new Route("10.96.0.20", 53, TransportProtocol.SCTP, Duration.ZERO, List.of());

        assertThat(hex(service("dns", List.of(route)))).isEqualTo(hex());
    }

    @Test
    void writesTheRecordsOfANameInLowerCase() {
        String address = "0001" + "0001" + "00000005" + "0004" + "0a600014";

        assertThat(hex(service("a", List.of(), new Name("A.b", PublishedService.Type.A, List.of("10.96.0.20")))))
                .endsWith("00000007" + "4e" + "0001" + "05" + "01610162" + "00" + "0001" + "000e" + address);
    }

    @Test
    void joinsWhatTwoServicesSayOfOneName() {
        String joined = hex(
                service("a", List.of(), new Name("x", PublishedService.Type.A, List.of("10.0.0.1"))),
                service("b", List.of(), new Name("x", PublishedService.Type.A, List.of("10.0.0.2"))));

        assertThat(joined)
                .isEqualTo(hex(service(
                        "c", List.of(), new Name("x", PublishedService.Type.A, List.of("10.0.0.1", "10.0.0.2")))));
    }

    @Test
    void leavesOutNamesThatDnsCanNotHold() {
        assertThat(hex(service("a", List.of(), new Name("x".repeat(64), PublishedService.Type.A, List.of("10.0.0.1")))))
                .isEqualTo(hex());
        assertThat(hex(service("a", List.of(), new Name("a..b", PublishedService.Type.A, List.of("10.0.0.1")))))
                .isEqualTo(hex());
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        hex(service("a", List.of(), new Name("x", PublishedService.Type.A, List.of("localhost")))))
                .withMessage("not an IPv4 address: localhost");
    }
}
