package dev.orchestrator.memory;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.tck.ContainerDriverTck;
import dev.orchestrator.tck.Workload;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryDriverTckIT extends ContainerDriverTck {

    private static final String IMAGE = "tck:1";

    @Override
    protected ContainerDriver newDriver() {
        return InMemoryDriver.builder()
                .nodes(2)
                .image(IMAGE, InMemoryDriverTckIT::play)
                .image("broken:1", ContainerScript.startError("no such program"))
                .missingImage("missing:1")
                .build();
    }

    private static int play(ContainerContext context) throws Exception {
        List<String> words = context.command();
        return switch (words.get(0)) {
            case "ignore" -> ignore(context);
            case "exit" -> Integer.parseInt(words.get(1));
            case "write" -> write(context, words.subList(1, words.size()));
            case "partial" -> {
                context.out().print(words.get(1));
                context.err().println("ready");
                yield context.awaitStop();
            }
            case "forever" -> {
                while (true) {
                    context.out().println(words.get(1));
                    context.sleep(Duration.ofMillis(100));
                }
            }
            case "copy" -> {
                context.in().transferTo(context.out());
                yield 0;
            }
            case "serve" -> {
                context.serveHttp(HTTP_PORT, call -> HttpReply.ok(words.get(1)));
                yield context.awaitStop();
            }
            case "file" -> {
                Files.copy(context.path("/data/in"), context.path("/data/out"));
                yield 0;
            }
            case "last-words" -> {
                context.terminationMessage(words.get(1));
                yield 1;
            }
            default -> throw new IllegalArgumentException(words.get(0));
        };
    }

    private static int ignore(ContainerContext context) throws InterruptedException {
        context.ignoreSignal("SIGTERM");
        context.out().println("ready");
        return context.awaitStop();
    }

    private static int write(ContainerContext context, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            (i % 2 == 0 ? context.out() : context.err()).println(lines.get(i));
        }
        return 0;
    }

    @Override
    protected Workload runsUntilStopped() {
        return Workload.of("anything:1");
    }

    @Override
    protected Workload ignoresStop() {
        return Workload.of(IMAGE, "ignore");
    }

    @Override
    protected Workload exits(int code) {
        return Workload.of(IMAGE, "exit", Integer.toString(code));
    }

    @Override
    protected Workload writes(String... lines) {
        var words = new java.util.ArrayList<>(List.of(lines));
        words.add(0, "write");
        return new Workload(IMAGE, words);
    }

    @Override
    protected Workload writesPartialLine(String text) {
        return Workload.of(IMAGE, "partial", text);
    }

    @Override
    protected Workload writesForever(String line) {
        return Workload.of(IMAGE, "forever", line);
    }

    @Override
    protected Workload copiesInput() {
        return Workload.of(IMAGE, "copy");
    }

    @Override
    protected Workload servesHttp(String text) {
        return Workload.of(IMAGE, "serve", text);
    }

    @Override
    protected Workload copiesFile() {
        return Workload.of(IMAGE, "file");
    }

    @Override
    protected Workload writesTerminationMessage(String text) {
        return Workload.of(IMAGE, "last-words", text);
    }

    @Override
    protected Workload canNotStart() {
        return Workload.of("broken:1");
    }

    @Override
    protected String missingImage() {
        return "missing:1";
    }

    @Override
    protected void assertNothingIsLeft(ContainerDriver closed) {
        assertThat(((InMemoryDriver) closed).remains()).isEmpty();
    }
}
