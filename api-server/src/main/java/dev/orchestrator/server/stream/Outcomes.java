package dev.orchestrator.server.stream;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.api.model.meta.StatusBuilder;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetails;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.server.http.Statuses;

/** How processes end, as a kubelet tells clients. */
final class Outcomes {

    private Outcomes() {}

    static Status success() {
        return StatusBuilder.builder().status("Success").build();
    }

    static Status exited(int code) {
        if (code == 0) {
            return success();
        }
        return StatusBuilder.builder()
                .status("Failure")
                .message("command terminated with non-zero exit code: exit status " + code)
                .reason("NonZeroExitCode")
                .details(StatusDetailsBuilder.builder()
                        .causes(List.of(new StatusCause(null, Integer.toString(code), "ExitCode")))
                        .build())
                .build();
    }

    /** {@return the outcome of a process that could not be reached} */
    static Status failed(ProcessCall call, ApiException refused) {
        // What has no cause was refused before the container's runtime was asked.
        String where = refused.getCause() == null
                ? "unable to upgrade connection: "
                : call.isAttach() ? "error attaching to container: " : "error executing command in container: ";
        String what = where + refused.getMessage();
        StatusDetails details = StatusDetailsBuilder.builder()
                .causes(List.of(new StatusCause(null, what, null)))
                .build();
        return StatusBuilder.builder()
                .status("Failure")
                .message("Internal error occurred: " + what)
                .reason("InternalError")
                .details(details)
                .code(ApiException.Reason.INTERNAL_ERROR.code())
                .build();
    }

    /** {@return an outcome as it is sent: without kind and version} */
    static Map<String, Object> tree(Status status) {
        Map<String, Object> tree = Statuses.tree(status);
        tree.remove("kind");
        tree.remove("apiVersion");
        return tree;
    }
}
