package dev.orchestrator.memory;

import java.util.List;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImagesTest {

    private static final ContainerProgram ANY = context -> 0;
    private static final ContainerProgram EXACT = context -> 1;

    private final Images images = new Images();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nginx                        | docker.io/library/nginx:latest
            nginx:1.29                   | docker.io/library/nginx:1.29
            shop/web                     | docker.io/shop/web:latest
            docker.io/nginx              | docker.io/library/nginx:latest
            localhost/web:1              | localhost/web:1
            registry:5000/a/b:1          | registry:5000/a/b:1
            ghcr.io/a/b__c-d             | ghcr.io/a/b__c-d:latest
            app@sha256:0123456789abcdef0123456789abcdef | docker.io/library/app@sha256:0123456789abcdef0123456789abcdef
            app:1@sha256:0123456789abcdef0123456789abcdef | docker.io/library/app@sha256:0123456789abcdef0123456789abcdef
            """)
    void readsReferences(String text, String canonical) {
        assertThat(ImageReference.parse(text).orElseThrow().canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "App:1", "app:", ":1", "app:a b", "-app", "app@sha256:12", "a//b", "app:1:2", "http://app"})
    void refusesWhatIsNoReference(String text) {
        assertThat(ImageReference.parse(text)).isEmpty();
        assertThatThrownBy(() -> images.put(text, ANY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> images.pull(text))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_IMAGE_NAME));
    }

    @Test
    void anExactNameGoesBeforeItsRepository() {
        images.put("app", ANY);
        images.put("app:2", EXACT);
        images.putMissing("app:3");

        assertThat(programs("app:1", "app", "docker.io/library/app:7")).containsOnly(ANY);
        assertThat(programs("app:2")).containsExactly(EXACT);
        assertThatThrownBy(() -> images.pull("app:3"))
                .hasMessage("failed to pull and unpack image \"docker.io/library/app:3\": failed to resolve reference"
                        + " \"docker.io/library/app:3\": docker.io/library/app:3: not found");
        assertThat(images.pull("other:1").behaviour()).isInstanceOf(Image.Behaviour.Idle.class);
    }

    private List<ContainerProgram> programs(String... references) {
        return List.of(references).stream()
                .map(reference -> ((Image.Behaviour.Runs) images.pull(reference).behaviour()).program())
                .toList();
    }

    @Test
    void aLaterWordCounts() {
        images.putMissing("app:1");
        assertThatThrownBy(() -> images.pull("app:1")).isInstanceOf(DriverException.class);

        images.put("app:1", ANY);

        assertThat(programs("app:1")).containsExactly(ANY);
    }

    @Test
    void unknownImagesMayBeMissing() {
        images.put("app:1", ANY);
        images.unknownIsMissing();

        assertThat(programs("app:1")).containsExactly(ANY);
        assertThatThrownBy(() -> images.pull("app:2"))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_NOT_FOUND));
    }
}
