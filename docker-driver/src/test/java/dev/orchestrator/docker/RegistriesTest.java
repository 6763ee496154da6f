package dev.orchestrator.docker;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RegistriesTest {

    @ParameterizedTest(name = "{0} is for {1}: {2}")
    @CsvSource({
        "https://index.docker.io/v1/, busybox, true",
        "docker.io, library/busybox, true",
        "docker.io, docker.io/library/busybox, true",
        "docker.io/library, docker.io/library/busybox, true",
        "docker.io/other, docker.io/library/busybox, false",
        "index.docker.io, registry.k8s.io/pause, false",
        "registry.k8s.io, registry.k8s.io/pause, true",
        "https://registry.k8s.io/v2/, registry.k8s.io/pause, true",
        "*.k8s.io, registry.k8s.io/pause, true",
        "*.io, registry.k8s.io/pause, false",
        "registry.example.org:5000, registry.example.org/app, false",
        "127.0.0.1:5000, 127.0.0.1:5000/app, true",
        "quay.io/org, quay.io/org/app, true",
        "quay.io/org, quay.io/organisation/app, false",
        "localhost:5000, localhost:5000/app, true",
        "quay.io, busybox, false",
    })
    void knowsForWhichImagesALoginIs(String registry, String image, boolean isFor) {
        assertThat(Registries.isFor(registry, ImageReference.of(image).orElseThrow()))
                .isEqualTo(isFor);
    }
}
