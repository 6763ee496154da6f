package dev.orchestrator.docker;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.tck.ContainerDriverTck;
import dev.orchestrator.tck.Workload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of the SPI, on the engine of this machine. */
@Tag("docker")
class DockerDriverIT extends ContainerDriverTck {

    private static final String IMAGE = TestEngine.BUSYBOX;
    private static TestEngine engine;
    private static TestRegistry registry;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
        registry = TestRegistry.start();
    }

    @AfterAll
    static void close() throws InterruptedException {
        if (registry != null) {
            registry.close();
            engine.removeImages(registry.name(""));
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected ContainerDriver newDriver() {
        return new DockerDriver();
    }

    @Override
    protected boolean outlivesItsProcess() {
        return true;
    }

    @Override
    protected void crash(ContainerDriver started) {
        ((DockerDriver) started).abandon();
    }

    private static Workload shell(String script, String... arguments) {
        var command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return new Workload(IMAGE, command);
    }

    @Override
    protected Workload runsUntilStopped() {
        // The first process of a container ignores what it does not handle.
        return shell("trap 'exit 0' TERM; while true; do sleep 3600 & wait; done");
    }

    @Override
    protected Workload ignoresStop() {
        return shell("trap '' TERM; echo ready; while true; do sleep 3600 & wait; done");
    }

    @Override
    protected Workload exits(int code) {
        return shell("exit $1", Integer.toString(code));
    }

    @Override
    protected Workload writes(String... lines) {
        // The two outputs are two pipes: a pause keeps their order.
        return shell(
                "n=0; for line; do"
                        + " if [ $((n % 2)) = 0 ]; then echo \"$line\"; else echo \"$line\" >&2; fi;"
                        + " n=$((n + 1)); usleep 20000; done",
                lines);
    }

    @Override
    protected Workload writesPartialLine(String text) {
        return shell(
                "trap 'exit 0' TERM; printf %s \"$1\"; echo ready >&2; while true; do sleep 3600 & wait; done", text);
    }

    @Override
    protected Workload writesForever(String line) {
        return shell("while true; do echo \"$1\"; usleep 100000; done", line);
    }

    @Override
    protected Workload copiesInput() {
        return Workload.of(IMAGE, "cat");
    }

    @Override
    protected Workload servesHttp(String text) {
        return shell(
                "trap 'exit 0' TERM; mkdir -p /tmp/www && echo \"$1\" > /tmp/www/index.html;" + " httpd -f -p "
                        + HTTP_PORT + " -h /tmp/www & wait",
                text);
    }

    @Override
    protected List<String> fetches(String url) {
        return List.of("wget", "-qO-", url);
    }

    @Override
    protected Workload copiesFile() {
        return Workload.of(IMAGE, "cp", "/data/in", "/data/out");
    }

    @Override
    protected Workload writesTerminationMessage(String text) {
        return shell("printf %s \"$1\" > /dev/termination-log; exit 1", text);
    }

    @Override
    protected Workload canNotStart() {
        return Workload.of(IMAGE, "/no/such/program");
    }

    @Override
    protected String pullableImage() {
        return registry.name("app:1");
    }

    @Override
    protected String missingImage() {
        return registry.name("missing:1");
    }

    @Override
    protected void assertNothingIsLeft(ContainerDriver closed) throws Exception {
        engine.assertNothingIsLeft();
    }
}
