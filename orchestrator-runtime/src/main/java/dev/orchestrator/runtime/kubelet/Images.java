package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Brings the image of one container to its node, as its pull policy says. */
final class Images {

    private final PodServices services;
    private final Operation operation;
    private final Pod pod;
    private final Container container;
    private final String image;
    private @Nullable ImageDescription found;
    private volatile @Nullable ImagePull pull;

    Images(PodServices services, Operation operation, Pod pod, Container container) {
        this.services = services;
        this.operation = operation;
        this.pod = pod;
        this.container = container;
        this.image = requireNonNullElse(container.image(), "");
    }

    /** {@return the image, once {@link #ensure} has found no reason why it can not be had} */
    @Nullable
    ImageDescription found() {
        return found;
    }

    /** {@return why the container cannot have its image; null when the image is there} */
    @Nullable
    Waiting ensure() throws InterruptedException {
        String absent = PullSecrets.absent(services.store(), pod);
        if (!absent.isEmpty()) {
            services.warning(
                    pod,
                    "FailedToRetrieveImagePullSecret",
                    "Unable to retrieve some image pull secrets (" + absent
                            + "); attempting to pull the image may not succeed.");
        }
        String node = requireNonNullElse(pod.spec().nodeName(), "");
        Optional<ImageDescription> present;
        try {
            present = operation.call("inspecting image", () -> services.driver().image(node, image));
        } catch (DriverException e) {
            return inspectFailed(e);
        }
        String policy = policy(container, image);
        if (present.isPresent() && !policy.equals("Always")) {
            found = present.get();
            normal(
                    "Pulled",
                    "Container image " + GoText.quote(image)
                            + " already present on machine and can be accessed by the pod");
            return null;
        }
        if (policy.equals("Never")) {
            String message = "Container image " + GoText.quote(image) + " is not present with pull policy of Never";
            warning(Waiting.NEVER_PULL, message);
            return failed(Waiting.NEVER_PULL, message);
        }
        return pull(node);
    }

    private @Nullable Waiting pull(String node) throws InterruptedException {
        normal("Pulling", "Pulling image " + GoText.quote(image));
        Instant start = services.time().instant();
        var wanted = new ImagePull(node, image, credentials(), progress -> {});
        pull = wanted;
        try {
            ImageDescription pulled = operation.call(
                    "pulling image",
                    services.options().pullTimeout(),
                    () -> services.pulls().pull(wanted, services.driver()::pullImage));
            found = pulled;
            String took = GoText.duration(
                    Duration.between(start, services.time().instant()).truncatedTo(ChronoUnit.MILLIS));
            normal(
                    "Pulled",
                    "Successfully pulled image " + GoText.quote(image) + " in " + took + " (" + took
                            + " including waiting). Image size: " + pulled.size() + " bytes.");
            return null;
        } catch (DriverException e) {
            return e.reason() == DriverException.Reason.INVALID_IMAGE_NAME
                    ? inspectFailed(e)
                    : pullFailed(String.valueOf(e.getMessage()));
        }
    }

    private List<ImagePull.Credential> credentials() {
        return PullSecrets.credentials(services.store(), pod);
    }

    /** {@return why the container cannot have its image, after a call that hangs or has thrown what nobody expects} */
    Waiting failed(Outcome.Failed failure) {
        ImagePull begun = pull;
        if (begun == null) {
            return inspectFailed(failure.message());
        }
        services.pulls().abandon(begun);
        return pullFailed(failure.message());
    }

    private Waiting pullFailed(String message) {
        warning("Failed", "Failed to pull image " + GoText.quote(image) + ": " + message);
        return failed(Waiting.PULL_FAILED, message);
    }

    private Waiting inspectFailed(DriverException failure) {
        if (failure.reason() == DriverException.Reason.INVALID_IMAGE_NAME) {
            String message = "Failed to apply default image tag " + GoText.quote(image) + ": couldn't parse image name "
                    + GoText.quote(image) + ": invalid reference format";
            warning("InspectFailed", message);
            return failed(Waiting.INVALID_IMAGE, message);
        }
        return inspectFailed(String.valueOf(failure.getMessage()));
    }

    private Waiting inspectFailed(String why) {
        String message = "Failed to inspect image " + GoText.quote(image) + ": " + why;
        warning("InspectFailed", message);
        return failed(Waiting.INSPECT_FAILED, message);
    }

    private Waiting failed(String reason, String message) {
        warning("Failed", "Error: " + reason);
        // An image that is not there by policy, or whose name is none, needs another specification, not another try.
        boolean isFinal = reason.equals(Waiting.INVALID_IMAGE);
        return new Waiting(
                reason, message, image, isFinal ? null : services.time().instant());
    }

    private void normal(String reason, String message) {
        services.normal(pod, container.name(), reason, message);
    }

    private void warning(String reason, String message) {
        services.warning(pod, container.name(), reason, message);
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
