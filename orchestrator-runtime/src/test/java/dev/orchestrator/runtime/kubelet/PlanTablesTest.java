package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerRestartRule;
import dev.orchestrator.api.model.core.ContainerRestartRuleOnExitCodes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pure decisions, case by case. */
class PlanTablesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    private static Pod pod(@Nullable String policy, Container... containers) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web")
                        .namespace("default")
                        .uid("u")
                        .build())
                .spec(PodSpecBuilder.builder()
                        .nodeName("node-1")
                        .restartPolicy(policy)
                        .containers(List.of(containers))
                        .build())
                .build();
    }

    private static Container container(String name) {
        return ContainerBuilder.builder().name(name).image("app:1").build();
    }

    private static ContainerState state(String name, int attempt, ContainerState.Phase phase, int exitCode) {
        Instant ended = phase == ContainerState.Phase.EXITED ? NOW.minusSeconds(1) : null;
        Instant begun = NOW.minusSeconds(60);
        return new ContainerState(
                new ContainerId(name + attempt),
                name,
                attempt,
                "app:1",
                "id",
                phase,
                begun,
                begun,
                ended,
                exitCode,
                false,
                "");
    }

    private static SandboxState sandbox(boolean ready, ContainerState... states) {
        return new SandboxState(
                new SandboxId("s"),
                "node-1",
                "default",
                "web",
                "u",
                0,
                ready,
                List.of("10.244.0.1"),
                NOW,
                List.of(states));
    }

    private static PodView view(Pod pod, @Nullable SandboxState sandbox) {
        var memory = new PodMemory(pod, NOW.minusSeconds(60));
        return new PodView(pod, false, new Observed(sandbox, null), memory, true, NOW);
    }

    private static String told(PodPlan plan) {
        if (plan.verdict() != null) {
            return plan.verdict().failed() ? "failed" : "over";
        }
        return switch (plan.step()) {
            case null -> plan.halts().isEmpty() ? "nothing" : "halt";
            case Step.SetUpVolumes ignored -> "set up volumes";
            case Step.CreateSandbox ignored -> "create sandbox";
            case Step.RetireSandbox ignored -> "retire sandbox";
            case Step.Start start -> "start " + start.attempt();
            case Step.Resize ignored -> "resize";
            case Step.ResetContainers ignored -> "reset";
            case Step.StopSandboxes ignored -> "stop sandbox";
            case Step.RemoveSandboxes ignored -> "remove sandbox";
            case Step.FindSandbox ignored -> "find sandbox";
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing is there yet               | Always    | none  |         |   | create sandbox
            a sandbox without containers       | Always    | ready |         |   | start 0
            a container that was only made     | Always    | ready | CREATED | 0 | start 0
            all runs                           | Always    | ready | RUNNING | 0 | nothing
            ended well, always restarted       | Always    | ready | EXITED  | 0 | start 1
            ended well, restarted on failure   | OnFailure | ready | EXITED  | 0 | over
            failed, restarted on failure       | OnFailure | ready | EXITED  | 1 | start 1
            failed, never restarted            | Never     | ready | EXITED  | 1 | over
            in a state that cannot be told     | Always    | ready | UNKNOWN | 0 | halt
            the sandbox died with a container  | Always    | dead  | EXITED  | 1 | retire sandbox
            the sandbox died, never restarted  | Never     | dead  | EXITED  | 1 | over
            the sandbox died before it was used | Never    | dead  |         |   | retire sandbox
            the sandbox died after success     | OnFailure | dead  | EXITED  | 0 | over
            """)
    void decidesTheNextStep(
            String scenario,
            String policy,
            String sandbox,
            @Nullable String phase,
            @Nullable Integer exit,
            String told) {
        ContainerState[] states = phase == null
                ? new ContainerState[0]
                : new ContainerState[] {state("app", 0, ContainerState.Phase.valueOf(phase), exit == null ? 0 : exit)};
        Pod pod = pod(policy, container("app"));
        PodView view = view(pod, sandbox.equals("none") ? null : sandbox(sandbox.equals("ready"), states));
        if (phase != null) {
            view.memory().of("app").seen = 0;
            view.memory().of("app").follow(0);
        }

        assertThat(told(PodPlan.of(view))).as(scenario).isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the pod's policy                 | Never     |         |    |    | 1  | false
            the container's own policy wins  | Never     | Always  |    |    | 1  | true
            on failure, but it succeeded     | Always    | OnFailure |  |    | 0  | false
            a rule for its exit code         | Never     | Never   | In | 42 | 42 | true
            a rule for another exit code     | Never     | Never   | In | 42 | 1  | false
            a rule for all but one           | Never     | Never   | NotIn | 42 | 1 | true
            """)
    void decidesWhetherAContainerIsRestarted(
            String scenario,
            String podPolicy,
            @Nullable String own,
            @Nullable String operator,
            @Nullable Integer code,
            int exitCode,
            boolean restarted) {
        var rules = operator == null || code == null
                ? List.<ContainerRestartRule>of()
                : List.of(new ContainerRestartRule(
                        "Restart", new ContainerRestartRuleOnExitCodes(operator, List.of(code))));
        Container container = ContainerBuilder.builder()
                .name("app")
                .restartPolicy(own)
                .restartPolicyRules(rules)
                .build();

        assertThat(Restarts.main(pod(podPolicy, container), container, exitCode))
                .as(scenario)
                .isEqualTo(restarted);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            whole seconds       | PT10S      | 10s
            minutes             | PT1M20S    | 1m20s
            five minutes        | PT5M       | 5m0s
            hours               | PT1H0.5S   | 1h0m0.5s
            a fraction          | PT1.2S     | 1.2s
            milliseconds        | PT0.012S   | 12ms
            microseconds        | PT0.0015S  | 1.5ms
            nothing             | PT0S       | 0s
            """)
    void writesDurationsAsGoDoes(String scenario, Duration duration, String text) {
        assertThat(GoText.duration(duration)).as(scenario).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing asked for                  |      |      |      |      | BestEffort
            requests only                      | 1    | 1Gi  |      |      | Burstable
            limits equal to requests           | 1    | 1Gi  | 1    | 1Gi  | Guaranteed
            limits alone stand for requests    |      |      | 1    | 1Gi  | Guaranteed
            no limit of memory                 | 1    | 1Gi  | 1    |      | Burstable
            limits above requests              | 1    | 1Gi  | 2    | 1Gi  | Burstable
            """)
    void knowsTheQualityOfService(
            String scenario,
            @Nullable String cpu,
            @Nullable String memory,
            @Nullable String cpuLimit,
            @Nullable String memoryLimit,
            String expected) {
        Container container = ContainerBuilder.builder()
                .name("app")
                .resources(new ResourceRequirements(List.of(), amounts(cpuLimit, memoryLimit), amounts(cpu, memory)))
                .build();

        assertThat(QosClass.of(pod("Always", container).spec())).as(scenario).isEqualTo(expected);
    }

    private static Map<String, Quantity> amounts(@Nullable String cpu, @Nullable String memory) {
        var amounts = new java.util.HashMap<String, Quantity>();
        if (cpu != null) {
            amounts.put("cpu", Quantity.parse(cpu));
        }
        if (memory != null) {
            amounts.put("memory", Quantity.parse(memory));
        }
        return amounts;
    }

    @Test
    void backsOffTwiceAsLongEachTimeAndForgetsAfterAWhile() {
        Backoff first = Backoff.next(null, NOW, NOW);
        Backoff second = Backoff.next(first, NOW.plusSeconds(1), NOW.plusSeconds(10));
        Backoff late = Backoff.next(second, NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)));
        Backoff many = first;
        for (int i = 0; i < 20; i++) {
            many = Backoff.next(many, NOW, NOW);
        }

        assertThat(first.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(second.delay()).isEqualTo(Duration.ofSeconds(20));
        assertThat(late.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(many.delay()).isEqualTo(Duration.ofMinutes(5));
    }
}
