package dev.orchestrator.server;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.server.ServerUnderTest.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server says about itself. */
class DiscoveryIT {

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void healthAndVersionAreOpenToAll() throws InterruptedException {
        for (String path : List.of("/healthz", "/livez", "/readyz")) {
            Answer answer = server.send(server.anonymous("GET", path, "").build());

            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
        }
        assertThat(server.get("/readyz/ping").body()).isEqualTo("ok");
        Answer version = server.send(server.anonymous("GET", "/version", "").build());

        assertThat(version.at("major")).isEqualTo("1");
        assertThat((String) version.at("gitVersion")).matches("v1\\.\\d+\\.\\d+");
    }

    @Test
    void everythingElseNeedsTheToken() throws InterruptedException {
        for (String path : List.of("/api", "/api/v1/pods", "/openapi/v3", "/nowhere")) {
            Answer anonymous = server.send(server.anonymous("GET", path, "").build());
            Answer wrong = server.send(server.anonymous("GET", path, "")
                    .header("Authorization", "Bearer guess")
                    .build());

            assertThat(List.of(anonymous.code(), wrong.code())).containsExactly(403, 401);
            assertThat(wrong.at("message")).isEqualTo("Unauthorized");
            assertThat(wrong.at("reason")).isEqualTo("Unauthorized");
        }
    }

    @Test
    void unknownPathsAreNotFound() throws InterruptedException {
        for (String path : List.of("/nowhere", "/apis/nosuch.example/v1", "/api/v1/nosuch", "/api/v2")) {
            Answer answer = server.get(path);

            assertThat(answer.code()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("404 page not found\n");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        }
    }

    @Test
    void aggregatedDiscoveryNamesEveryKindItsVerbsAndSubresources() throws InterruptedException {
        Answer core = server.getAs("/api", AGGREGATED + ",application/json");
        Answer groups = server.getAs("/apis", AGGREGATED + ",application/json");

        assertThat(core.headers().firstValue("Content-Type")).hasValue(AGGREGATED);
        assertThat(core.at("kind")).isEqualTo("APIGroupDiscoveryList");
        assertThat(core.body())
                .contains("\"resource\":\"pods\"", "\"shortNames\":[\"po\"]", "\"singularResource\":\"pod\"");
        assertThat(groups.at("items.0.metadata.name")).isEqualTo("apps");
        assertThat(groups.body())
                .contains("{\"subresource\":\"scale\",\"responseKind\":"
                        + "{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"}");
    }

    @Test
    void anUnchangedDocumentIsNotSentAgain() throws InterruptedException {
        Answer first = server.get("/api/v1");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        Answer second = server.send(server.request("GET", "/api/v1", "")
                .header("If-None-Match", tag)
                .build());

        assertThat(second.code()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void plainDiscoveryIsThereForClientsThatKnowNoOther() throws InterruptedException {
        assertThat(server.get("/api").at("versions")).isEqualTo(List.of("v1"));
        assertThat(server.get("/apis").at("groups.0.preferredVersion.groupVersion"))
                .isEqualTo("apps/v1");
        assertThat(server.get("/apis/apps").at("kind")).isEqualTo("APIGroup");
        assertThat(server.get("/apis/apps/v1").at("groupVersion")).isEqualTo("apps/v1");
        assertThat(server.get("/apis/apps/v1").body())
                .contains("{\"name\":\"deployments/scale\",\"singularName\":\"\",\"namespaced\":true,"
                        + "\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"");
    }

    @Test
    void openApiSaysThatTheServerValidatesFields() throws InterruptedException {
        Matcher url = Pattern.compile("/openapi/v3/apis/apps/v1\\?hash=\\w+")
                .matcher(server.get("/openapi/v3").body());
        assertThat(url.find()).isTrue();

        Answer document = server.get(url.group());

        assertThat(document.code()).isEqualTo(200);
        assertThat(document.body())
                .contains("\"name\":\"fieldValidation\"", "\"kind\":\"Deployment\",\"version\":\"v1\"");
        assertThat(server.getAs("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
                        .body())
                .isEmpty();
        assertThat(server.get("/openapi/v3/apis/nosuch/v1").code()).isEqualTo(404);
    }
}
