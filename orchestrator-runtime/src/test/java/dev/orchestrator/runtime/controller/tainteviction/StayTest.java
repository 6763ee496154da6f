package dev.orchestrator.runtime.controller.tainteviction;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StayTest {

    private static final Stay FOREVER = new Stay.Forever();
    private static final Stay NOT_AT_ALL = new Stay.For(Duration.ZERO);

    private static Taint taint(String key) {
        return new Taint("NoExecute", key, null, null);
    }

    private static Toleration tolerates(@Nullable String key, @Nullable Long seconds) {
        return new Toleration("NoExecute", key, "Exists", seconds, null);
    }

    @Test
    void aPodStaysWhereNothingIsAgainstIt() {
        assertThat(Stay.of(List.of(), List.of())).isEqualTo(FOREVER);
    }

    @Test
    void aTaintThatIsNotToleratedEndsThePodAtOnceWhateverElseItTolerates() {
        assertThat(Stay.of(List.of(taint("a")), List.of())).isEqualTo(NOT_AT_ALL);
        assertThat(Stay.of(List.of(taint("a"), taint("b")), List.of(tolerates("a", null))))
                .isEqualTo(NOT_AT_ALL);
        assertThat(Stay.of(List.of(taint("a"), taint("b")), List.of(tolerates("a", 60L))))
                .isEqualTo(NOT_AT_ALL);
    }

    @Test
    void aTaintIsToleratedForTheTimeThatTheTolerationSays() {
        assertThat(Stay.of(List.of(taint("a")), List.of(tolerates("a", null)))).isEqualTo(FOREVER);
        assertThat(Stay.of(List.of(taint("a")), List.of(tolerates(null, null)))).isEqualTo(FOREVER);
        assertThat(Stay.of(List.of(taint("a")), List.of(tolerates("a", 60L))))
                .isEqualTo(new Stay.For(Duration.ofSeconds(60)));
        assertThat(Stay.of(List.of(taint("a")), List.of(tolerates("a", -1L)))).isEqualTo(NOT_AT_ALL);
    }

    @Test
    void ofSeveralTaintsTheOneThatIsToleratedShortestCounts() {
        List<Toleration> tolerations = List.of(tolerates("a", 60L), tolerates("b", 10L), tolerates("c", null));

        assertThat(Stay.of(List.of(taint("a"), taint("b"), taint("c")), tolerations))
                .isEqualTo(new Stay.For(Duration.ofSeconds(10)));
        assertThat(Stay.of(List.of(taint("b"), taint("a")), tolerations))
                .isEqualTo(new Stay.For(Duration.ofSeconds(10)));
        assertThat(Stay.of(List.of(taint("c")), tolerations)).isEqualTo(FOREVER);
    }

    @Test
    void ofSeveralTolerationsOfATaintTheFirstCounts() {
        assertThat(Stay.of(List.of(taint("a")), List.of(tolerates("a", 60L), tolerates("a", null))))
                .isEqualTo(new Stay.For(Duration.ofSeconds(60)));
    }
}
