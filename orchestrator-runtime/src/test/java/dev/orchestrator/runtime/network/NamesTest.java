package dev.orchestrator.runtime.network;

import dev.orchestrator.api.model.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a bare name is a service of the asker  | web                            | shop  | web |
        a trailing dot makes no difference     | web.                           | shop  | web |
        with a namespace                       | web.other                      | other | web |
        with the svc domain                    | web.other.svc                  | other | web |
        with half of the domain                | web.other.svc.cluster          | other | web |
        fully qualified                        | web.other.svc.cluster.local    | other | web |
        a pod of a headless service            | db-0.db.other                  | other | db  | db-0
        the same fully qualified               | db-0.db.other.svc.cluster.local| other | db  | db-0
        """)
    void readsTheNamesOfServicesAndPods(
            String scenario, String host, String namespace, String service, String hostname) {
        Names first = Names.of("shop", host).getFirst();

        assertThat(first).as(scenario).isEqualTo(new Names(new ObjectKey(namespace, service), hostname));
    }

    @Test
    void triesAPodOfTheAskersOwnNamespaceSecond() {
        assertThat(Names.of("shop", "db-0.db"))
                .containsExactly(
                        new Names(new ObjectKey("db", "db-0"), null), new Names(new ObjectKey("shop", "db"), "db-0"));
    }

    @Test
    void knowsNothingOfNamesOutsideTheCluster() {
        assertThat(Names.of("shop", "a.b.example.org")).isEmpty();
    }

    @Test
    void readsTheAddressInAPodsName() {
        assertThat(Names.podIp("10-244-0-7.shop.pod.cluster.local")).contains("10.244.0.7");
        assertThat(Names.podIp("web.shop.svc")).isEmpty();
    }
}
