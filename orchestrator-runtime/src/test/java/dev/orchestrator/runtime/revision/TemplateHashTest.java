package dev.orchestrator.runtime.revision;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateHashTest {

    @Test
    void encodesDigitsAsKubernetesDoes() {
        assertThat(TemplateHash.encode("0123456789")).isEqualTo("456789bcdf");
    }

    @Test
    void isTheSameInEveryProcess() {
        assertThat(TemplateHash.of(template(1), null)).isEqualTo("5f747c85d4");
    }

    @Test
    void dependsOnContent() {
        assertThat(TemplateHash.of(template(1), null)).isNotEqualTo(TemplateHash.of(template(2), null));
    }

    @Test
    void changesWithEachCollision() {
        assertThat(List.of(
                        TemplateHash.of(template(1), null),
                        TemplateHash.of(template(1), 0),
                        TemplateHash.of(template(1), 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void doesNotDependOnTheOrderOfLabels() {
        var labels = new java.util.LinkedHashMap<String, String>();
        labels.put("b", "2");
        labels.put("a", "1");

        assertThat(TemplateHash.of(labelled(labels), null))
                .isEqualTo(TemplateHash.of(labelled(Map.of("a", "1", "b", "2")), null));
    }

    @Test
    void templatesAreTheSameWhateverTheirHashLabels() {
        assertThat(TemplateHash.sameTemplate(TemplateHash.with(template(1), "x"), TemplateHash.with(template(1), "y")))
                .isTrue();
        assertThat(TemplateHash.sameTemplate(TemplateHash.with(template(1), "x"), template(1)))
                .isTrue();
        assertThat(TemplateHash.sameTemplate(template(1), template(2))).isFalse();
        assertThat(TemplateHash.sameTemplate(labelled(Map.of("a", "1")), labelled(Map.of("a", "2"))))
                .isFalse();
    }

    private static PodTemplateSpec template(int version) {
        return PodTemplateSpecBuilder.builder()
                .metadata(
                        ObjectMetaBuilder.builder().labels(Map.of("app", "web")).build())
                .spec(PodSpecBuilder.builder()
                        .containers(List.of(ContainerBuilder.builder()
                                .name("app")
                                .image("app:" + version)
                                .build()))
                        .build())
                .build();
    }

    private static PodTemplateSpec labelled(Map<String, String> labels) {
        return PodTemplateSpecBuilder.builder(template(1))
                .metadata(ObjectMetaBuilder.builder().labels(labels).build())
                .build();
    }
}
