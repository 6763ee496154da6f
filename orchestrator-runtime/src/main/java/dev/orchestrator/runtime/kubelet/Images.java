package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Brings a container's image to its node, as its pull policy says. */
final class Images {

    private final PodServices services;
    private final Operation operation;
    private final Pod pod;

    Images(PodServices services, Operation operation, Pod pod) {
        this.services = services;
        this.operation = operation;
        this.pod = pod;
    }

    /** {@return why the container cannot have its image; null when the image is there} */
    @Nullable
    Waiting ensure(Container container) throws InterruptedException {
        String image = requireNonNullElse(container.image(), "");
        String node = requireNonNullElse(pod.spec().nodeName(), "");
        Optional<ImageDescription> present;
        try {
            present = operation.call("inspecting image", () -> services.driver().image(node, image));
        } catch (DriverException e) {
            return inspectFailed(image, e);
        }
        String policy = policy(container, image);
        if (present.isPresent() && !policy.equals("Always")) {
            services.normal(pod, "Pulled", "Container image " + GoText.quote(image) + " already present on machine");
            return null;
        }
        if (policy.equals("Never")) {
            String message = "Container image " + GoText.quote(image) + " is not present with pull policy of Never";
            services.warning(pod, Waiting.NEVER_PULL, message);
            return failed(Waiting.NEVER_PULL, message, image);
        }
        return pull(node, image);
    }

    private @Nullable Waiting pull(String node, String image) throws InterruptedException {
        services.normal(pod, "Pulling", "Pulling image " + GoText.quote(image));
        Instant start = services.time().instant();
        try {
            ImageDescription pulled = operation.call(
                    "pulling image",
                    services.options().pullTimeout(),
                    () -> services.driver().pullImage(new ImagePull(node, image, credentials(), progress -> {})));
            String took = GoText.duration(
                    Duration.between(start, services.time().instant()).truncatedTo(ChronoUnit.MILLIS));
            services.normal(
                    pod,
                    "Pulled",
                    "Successfully pulled image " + GoText.quote(image) + " in " + took + " (" + took
                            + " including waiting). Image size: " + pulled.size() + " bytes.");
            return null;
        } catch (DriverException e) {
            return e.reason() == DriverException.Reason.INVALID_IMAGE_NAME
                    ? inspectFailed(image, e)
                    : pullFailed(image, String.valueOf(e.getMessage()));
        }
    }

    private List<ImagePull.Credential> credentials() {
        return PullSecrets.credentials(services.store(), pod);
    }

    /** {@return what is reported when a pull fails or is given up} */
    Waiting pullFailed(String image, String message) {
        services.warning(pod, "Failed", "Failed to pull image " + GoText.quote(image) + ": " + message);
        return failed(Waiting.PULL_FAILED, message, image);
    }

    private Waiting inspectFailed(String image, DriverException failure) {
        if (failure.reason() == DriverException.Reason.INVALID_IMAGE_NAME) {
            String message = "Failed to apply default image tag " + GoText.quote(image) + ": couldn't parse image name "
                    + GoText.quote(image) + ": invalid reference format";
            services.warning(pod, "InspectFailed", message);
            return failed(Waiting.INVALID_IMAGE, message, image);
        }
        String message = "Failed to inspect image " + GoText.quote(image) + ": " + failure.getMessage();
        services.warning(pod, "InspectFailed", message);
        return failed(Waiting.INSPECT_FAILED, message, image);
    }

    private Waiting failed(String reason, String message, String image) {
        services.warning(pod, "Failed", "Error: " + reason);
        // An image that is not there by policy, or whose name is none, needs another specification, not another try.
        boolean isFinal = reason.equals(Waiting.INVALID_IMAGE);
        return new Waiting(
                reason, message, image, isFinal ? null : services.time().instant());
    }

    private static String policy(Container container, String image) {
        String policy = container.imagePullPolicy();
        if (policy != null && !policy.isEmpty()) {
            return policy;
        }
        int slash = image.lastIndexOf('/');
        String last = image.substring(slash + 1);
        boolean isLatest = last.endsWith(":latest") || (last.indexOf(':') < 0 && image.indexOf('@') < 0);
        return isLatest ? "Always" : "IfNotPresent";
    }
}
