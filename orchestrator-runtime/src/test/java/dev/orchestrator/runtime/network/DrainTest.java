package dev.orchestrator.runtime.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainTest {

    private static final ObjectKey WEB = new ObjectKey("shop", "web");
    private static final ObjectKey ADMIN = new ObjectKey("shop", "admin");

    private final Drain drain = new Drain();
    private final List<String> ran = new ArrayList<>();

    @Test
    void letsAPodGoAtOnceThatNoServiceSendsTo() {
        drain.whenDrained("10.244.0.1", Set.of(), () -> ran.add("gone"));

        assertThat(ran).containsExactly("gone");
    }

    @Test
    void holdsAPodUntilTheLastServiceHasLeftIt() {
        drain.update(WEB, Set.of("10.244.0.1", "10.244.0.2"), Set.of());
        drain.update(ADMIN, Set.of("10.244.0.1"), Set.of());
        drain.whenDrained("10.244.0.1", Set.of(), () -> ran.add("gone"));

        drain.update(WEB, Set.of("10.244.0.2"), Set.of());
        assertThat(ran).isEmpty();

        drain.update(ADMIN, Set.of(), Set.of());
        assertThat(ran).containsExactly("gone");
    }

    @Test
    void countsAServiceOnceHoweverOftenItIsUpdated() {
        drain.update(WEB, Set.of("10.244.0.1"), Set.of());
        drain.update(WEB, Set.of("10.244.0.1"), Set.of());
        drain.whenDrained("10.244.0.1", Set.of(), () -> ran.add("gone"));

        drain.update(WEB, Set.of(), Set.of());

        assertThat(ran).containsExactly("gone");
    }

    @Test
    void holdsAPodUntilTheServicesThatSelectItKnowThatItEnds() {
        drain.whenDrained("10.244.0.1", Set.of(WEB, ADMIN), () -> ran.add("gone"));

        // News of its readiness may come late, and then that of its end.
        drain.update(WEB, Set.of("10.244.0.1"), Set.of());
        drain.update(WEB, Set.of(), Set.of("10.244.0.1"));
        assertThat(ran).isEmpty();

        drain.forget(ADMIN);
        assertThat(ran).containsExactly("gone");
    }

    @Test
    void letsAPodGoAtOnceWhenTheServicesKnowThatItEnds() {
        drain.update(WEB, Set.of("10.244.0.2"), Set.of("10.244.0.1"));

        drain.whenDrained("10.244.0.1", Set.of(WEB), () -> ran.add("gone"));

        assertThat(ran).containsExactly("gone");
    }

    @Test
    void doesNothingForAPodThatWaitsNoLonger() {
        drain.whenDrained("10.244.0.1", Set.of(WEB), () -> ran.add("gone")).run();

        drain.update(WEB, Set.of(), Set.of("10.244.0.1"));

        assertThat(ran).isEmpty();
    }
}
