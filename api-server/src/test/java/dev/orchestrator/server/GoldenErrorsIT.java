package dev.orchestrator.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.orchestrator.runtime.codec.JsonText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bad requests are refused word for word as a Kubernetes API server refuses them. */
class GoldenErrorsIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    record Golden(
            String name,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            int code,
            String answer) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = ServerUnderTest.start();
        server.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"l1\"}}");
        server.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"zz-cm1\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Golden> cases() throws IOException {
        try (InputStream in = GoldenErrorsIT.class.getResourceAsStream("golden-errors.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("^--- ", Pattern.MULTILINE)
                    .splitAsStream(text)
                    .skip(1)
                    .map(GoldenErrorsIT::golden);
        }
    }

    private static Golden golden(String block) {
        List<String> lines = block.lines().toList();
        String[] request = lines.get(1).split(" ", 2);
        var headers = new java.util.TreeMap<String, String>();
        var body = new ArrayList<String>();
        for (String line : lines.subList(2, lines.size())) {
            if (line.startsWith("= ")) {
                return new Golden(
                        lines.get(0),
                        request[0],
                        request[1],
                        headers,
                        String.join("\n", body),
                        Integer.parseInt(line.substring(2, 5)),
                        line.substring(6));
            }
            if (line.startsWith("> ")) {
                body.add(line.substring(2));
            } else {
                int colon = line.indexOf(": ");
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        throw new AssertionError("no answer in " + block);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsKubernetesDoes(Golden golden) throws InterruptedException {
        var request = server.request(golden.method(), golden.path(), golden.body());
        golden.headers().forEach(request::header);

        ServerUnderTest.Answer answer = server.send(request.build());

        assertThat(answer.tree())
                .isEqualTo(JsonText.parse(filled(golden.answer())).getFirst().root());
        assertThat(answer.code()).isEqualTo(golden.code());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    private static String filled(String answer) throws InterruptedException {
        String filled = answer;
        for (String name : List.of("l1", "zz-cm1")) {
            if (answer.contains("${uid " + name + "}")) {
                String uid = (String) server.get(CONFIG_MAPS + "/" + name).at("metadata.uid");
                filled = filled.replace("${uid " + name + "}", uid);
            }
        }
        if (filled.contains("${revision}")) {
            filled = filled.replace(
                    "${revision}", (String) server.get(CONFIG_MAPS).at("metadata.resourceVersion"));
        }
        return filled;
    }
}
