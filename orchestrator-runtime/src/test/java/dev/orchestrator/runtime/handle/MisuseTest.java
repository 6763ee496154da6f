package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens to those who use handles wrongly: each message says what was wrong with which object. */
class MisuseTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Handles handles = new Handles();
    private final ClusterView cluster = handles.cluster;

    @Test
    void refusesToDoAnythingAfterTheEnd() {
        cluster.create(configMap("a"));
        var map = cluster.configMaps().named("a");

        handles.life.end();

        assertThatThrownBy(map::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("orchestrator test is closed");
        assertThatThrownBy(() -> cluster.create(configMap("b"))).hasMessage("orchestrator test is closed");
        assertThatThrownBy(() -> cluster.configMaps().watch()).hasMessage("orchestrator test is closed");
        assertThatThrownBy(() -> map.awaitDeleted(LONG)).hasMessage("orchestrator test is closed");
    }

    @Test
    void endsWaitsAtTheEnd() throws Exception {
        cluster.create(configMap("a"));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var wait = threads.submit(() -> cluster.configMaps().named("a").await("for ever", map -> false, LONG));
            var reader = cluster.configMaps().watch();
            reader.next(LONG);
            var read = threads.submit(() -> reader.next(LONG));
            handles.life.end();

            assertThatThrownBy(read::get).rootCause().hasMessage("orchestrator test is closed");
            assertThatThrownBy(wait::get)
                    .rootCause()
                    .isInstanceOfAny(AwaitException.class, IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void keepsTheNameOfWhatIsEdited() {
        cluster.create(configMap("a"));
        var map = cluster.configMaps().named("a");
        ConfigMap other = configMap("b").build();

        assertThatThrownBy(() -> map.edit(any -> other))
                .isInstanceOf(ApiException.class)
                .hasMessage("the name of the object (b) does not match the name on the URL (a)");
        assertThatThrownBy(() -> map.replace(configMap("a").namespace("elsewhere")))
                .hasMessage("the namespace of the provided object does not match the namespace sent on the request");
        assertThatThrownBy(() -> map.replace(pod("a").container("c", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Pod is no ConfigMap");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless caller does
    void namesWhatIsNull() {
        cluster.create(configMap("a"));
        var map = cluster.configMaps().named("a");

        assertThatThrownBy(() -> cluster.apply((Definition) null)).hasMessage("object is null");
        assertThatThrownBy(() -> cluster.apply((Iterable<Definition>) null)).hasMessage("objects is null");
        assertThatThrownBy(() -> map.edit(null)).hasMessage("change is null");
        assertThatThrownBy(() -> map.edit(any -> null)).hasMessage("the change of configmap default/a gave null");
        assertThatThrownBy(() -> map.await("x", any -> false, null)).hasMessage("timeout is null");
        assertThatThrownBy(() -> map.awaitDeleted(null)).hasMessage("timeout is null");
        assertThatThrownBy(() -> map.label("a", null)).hasMessage("the value of a is null");
        assertThatThrownBy(() -> cluster.pods().labelled(null, "a")).hasMessage("key is null");
        assertThatThrownBy(() -> cluster.pods().matching((String) null)).hasMessage("selector is null");
        assertThatThrownBy(() -> cluster.pods().named(null)).hasMessage("name is null");
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        cluster.create(configMap("a"), deployment("d").container("c", "x"), pod("p").container("c", "x"));

        assertThatThrownBy(() -> cluster.configMaps().named("a").delete(Propagation.BACKGROUND, Duration.ofSeconds(-5)))
                .hasMessage("configmap default/a: gracePeriod is negative: PT-5S");
        assertThatThrownBy(() -> cluster.deployments().named("d").setResources("c", Map.of("cpu", "lots"), Map.of()))
                .hasMessageStartingWith("cpu: \"lots\": quantities must match the regular expression");
        assertThatThrownBy(() -> httpGet("/").every(Duration.ZERO))
                .hasMessage("the period of a probe is not positive: PT0S");
        assertThatThrownBy(() -> cluster.pods().named("p").exec())
                .hasMessage("you must specify at least one command for the container");
        assertThatThrownBy(
                        () -> cluster.configMaps().named("a").await("for ever", map -> false, Duration.ofSeconds(-1)))
                .hasMessage("configmap default/a: waited for ever: timed out after 0ms");
    }

    @Test
    void appliesOnlyWhatHasAName() {
        assertThatThrownBy(() -> cluster.apply(configMap(""))).hasMessage("resource name may not be empty");
        assertThatThrownBy(() -> cluster.apply(configMap("")
                        .metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                                .generateName("a-")
                                .build())))
                .hasMessage("from a-: cannot use generate name with apply");
    }

    @Test
    void appliesNothingWhenOneObjectIsWrong() {
        List<Definition> objects = List.of(configMap("a"), configMap(""));

        assertThatThrownBy(() -> cluster.apply(objects)).isInstanceOf(ApiException.class);

        assertThat(cluster.configMaps().count()).isZero();
    }

    @Test
    void saysWhyAServiceHasNoEndpoints() {
        cluster.create(service("s").selector("app", "none").port(80), pod("p").container("c", "x"));

        assertThatThrownBy(() -> cluster.services().named("s").awaitReady(Duration.ofMillis(1)))
                .hasMessage("service default/s: waited for a ready endpoint: timed out after 1ms\n"
                        + "  no pod in namespace default is labelled app=none");
    }
}
