package dev.orchestrator.memory;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class CommandsIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private SystemTime time;
    private DriverFixture fixture;
    private ContainerId id;

    @BeforeEach
    void start() throws InterruptedException {
        time = new SystemTime();
        fixture = new DriverFixture(new InMemoryDriver(), time);
        id = fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));
    }

    @AfterEach
    void stop() {
        fixture.close();
        time.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            words                  ^ echo a  b ^ 0 ^ a b
            quotes                 ^ echo "a  b" 'c $COLOUR' d\\ e ^ 0 ^ a  b c $COLOUR d e
            variables              ^ echo $COLOUR-${COLOUR}-$NONE. ^ 0 ^ blue-blue-.
            exit code              ^ exit 3 ^ 3 ^
            and then               ^ true && echo yes ^ 0 ^ yes
            and then not           ^ false && echo yes ^ 1 ^
            or else                ^ false || echo no ^ 0 ^ no
            or else not needed     ^ true || echo no ^ 0 ^
            chain                  ^ false && echo a || echo b ^ 0 ^ b
            sequence               ^ echo a; false; echo b ^ 0 ^ a~b
            last one counts        ^ true; false ^ 1 ^
            pipe                   ^ echo hello | cat ^ 0 ^ hello
            file                   ^ echo hi > /tmp/f && cat /tmp/f ^ 0 ^ hi
            append                 ^ echo 1 >/tmp/f; echo 2 >>/tmp/f; cat < /tmp/f ^ 0 ^ 1~2
            discarded              ^ cat /nope 2>/dev/null || echo gone ^ 0 ^ gone
            errors as output       ^ cat /nope 2>&1 ^ 1 ^ cat: /nope: No such file or directory
            test of a file         ^ touch /tmp/ok; test -f /tmp/ok ^ 0 ^
            test of no file        ^ test -e /tmp/not ^ 1 ^
            brackets               ^ [ "$COLOUR" = blue ] && echo is ^ 0 ^ is
            negated                ^ [ ! -e /nope ] ^ 0 ^
            numbers                ^ [ 3 -gt 2 ] ^ 0 ^
            removed                ^ touch /tmp/x; rm /tmp/x; ls /tmp ^ 0 ^
            listed                 ^ touch /tmp/b /tmp/a; ls /tmp ^ 0 ^ a~b
            working directory      ^ pwd ^ 0 ^ /work
            host name              ^ hostname ^ 0 ^ web
            unknown command        ^ frobnicate ^ 127 ^
            loop                   ^ while true; do sleep 1; done ^ 2 ^
            open quote             ^ echo "a ^ 2 ^
            comment                ^ echo a # b ^ 0 ^ a
            """)
    void theShellDoesWhatProbesAndHooksNeed(String name, String script, int code, String output) throws Exception {
        var result = fixture.driver.exec(id, List.of("/bin/sh", "-c", script), LIMIT);

        assertThat(result.exitCode()).as(name + ": " + result.stderr()).isEqualTo(code);
        assertThat(result.stdout().strip().replace("\n", "~")).isEqualTo(output == null ? "" : output);
    }

    @Test
    void writesToTheLogOfTheMainProcess() throws InterruptedException {
        fixture.driver.exec(id, List.of("sh", "-c", "echo from a hook > /proc/1/fd/1"), LIMIT);

        assertThat(fixture.log(id)).containsExactly("from a hook");
    }

    @Test
    void killsTheMainProcess() throws InterruptedException {
        fixture.driver.exec(id, List.of("kill", "1"), LIMIT);

        assertThat(fixture.state(id).phase()).isEqualTo(Phase.EXITED);
    }

    @Test
    void aProgramBringsCommandsOfItsOwn() throws InterruptedException {
        ContainerId db = fixture.run("db", context -> {
            context.command("redis-cli", call -> {
                call.out()
                        .println("PONG " + call.arguments().get(1) + " "
                                + call.container().hostname());
                return call.arguments().size();
            });
            context.out().println("ready");
            return context.awaitStop();
        });
        fixture.awaitLine(db, "ready");

        var result = fixture.driver.exec(db, List.of("/usr/bin/redis-cli", "ping"), LIMIT);
        var inShell = fixture.driver.exec(db, List.of("sh", "-c", "redis-cli ping | cat"), LIMIT);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stdout()).isEqualTo("PONG ping db\n");
        assertThat(inShell.stdout()).isEqualTo("PONG ping db\n");
    }

    @Test
    void aCommandThatThrowsFails() throws InterruptedException {
        ContainerId db = fixture.run("db", context -> {
            context.command("boom", call -> {
                throw new java.io.IOException("no disk");
            });
            context.out().println("ready");
            return context.awaitStop();
        });
        fixture.awaitLine(db, "ready");

        var result = fixture.driver.exec(db, List.of("boom"), LIMIT);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains("IOException: no disk");
    }

    @Test
    void saysWhatTheRuntimeSaysOfAnUnknownCommand() {
        assertThatThrownBy(() -> fixture.driver.exec(id, List.of("curl"), LIMIT))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("exec: \"curl\": executable file not found in $PATH");
        assertThatThrownBy(() -> fixture.driver.exec(id, List.of("/opt/tool"), LIMIT))
                .hasMessageContaining("exec: \"/opt/tool\": stat /opt/tool: no such file or directory");
    }
}
