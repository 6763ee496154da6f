package dev.orchestrator.docker;

import com.github.dockerjava.api.exception.DockerException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What engines say, as Docker 20.10 and Podman 4.3 have been heard to say it. */
class FailuresTest {

    private static final String ID = "6f5bd86ee8b7626dd78c75a9e6eef9b7";

    private static DockerException docker(int status, String message) {
        return new DockerException("{\"message\":\"" + message + "\"}", status);
    }

    private static DockerException podman(int status, String cause, String message) {
        return new DockerException(
                "{\"cause\":\"" + cause + "\",\"message\":\"" + message + "\",\"response\":" + status + "}", status);
    }

    @Test
    void aNameThatIsTakenIsTheSameToBothEngines() {
        assertThat(Failures.isNameTaken(docker(
                        409, "Conflict. The container name \\\"/web\\\" is already in use by container \\\"" + ID)))
                .isTrue();
        assertThat(Failures.isNameTaken(podman(
                        500,
                        "that name is already in use",
                        "container create: creating container storage: the container name \\\"web\\\" is already in use"
                                + " by " + ID)))
                .isTrue();
        assertThat(Failures.isNameTaken(podman(404, "image not known", "no such image: nope:1: image not known")))
                .isFalse();
    }

    @Test
    void aContainerThatHasEndedIsToldApartFromAnEngineThatFails() {
        assertThat(Failures.isEnded(docker(409, "Container " + ID + " is not running")))
                .isTrue();
        assertThat(Failures.isEnded(docker(500, "Cannot kill container: " + ID + ": Container is not running")))
                .isTrue();
        assertThat(Failures.isEnded(podman(
                        500,
                        "container state improper",
                        "can only kill running containers. " + ID + " is in state exited: container state improper")))
                .isTrue();
        assertThat(Failures.isEnded(docker(404, "No such container: " + ID))).isTrue();
        assertThat(Failures.isEnded(docker(500, "Cannot kill container: " + ID + ": tried to kill container")))
                .isFalse();
    }

    @Test
    void aContainerInWhoseNamespacesOthersAreStaysOnPodmanOnly() {
        assertThat(Failures.hasDependents(podman(
                        500,
                        "container already exists",
                        "container " + ID + " has dependent containers which must be removed before it: " + ID
                                + ": container already exists")))
                .isTrue();
        assertThat(Failures.hasDependents(docker(409, "removal of container " + ID + " is already in progress")))
                .isFalse();
    }

    @Test
    void aCommandThatCanNotBeStartedIsKnownByTheWordsOfItsEngine() {
        assertThat(Failures.isExecFailure(
                        "OCI runtime exec failed: exec failed: container_linux.go:380: starting container process"))
                .isTrue();
        assertThat(Failures.isExecFailure(
                        "Error: runc: exec failed: unable to start container process: exec: \"nope\": executable file"
                                + " not found in $PATH: OCI runtime attempted to invoke a command that was not found"))
                .isTrue();
        assertThat(Failures.isExecFailure("sh: nope: not found")).isFalse();
    }
}
