package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.RolloutHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.runtime.revision.KeptTemplate;

/** The verbs of an object that keeps the versions of its pod template as controller revisions. */
abstract class StoredRollout<R extends Resource, H extends RolloutHandle<R, H>> extends PodsOwner<R, H>
        implements RolloutHandle<R, H> {

    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    StoredRollout(HandleContext context, ResourceType<R> type, ObjectKey key) {
        super(context, type, key);
    }

    /** {@return whether the newest template has been rolled out} */
    abstract boolean isRolledOut(R owner);

    /** {@return how far the rollout is, in the words of {@code kubectl rollout status}} */
    abstract String status(R owner);

    @Override
    public final H awaitRollout(Duration timeout) throws InterruptedException {
        waitWithPods("for its rollout", this::verdict, timeout);
        return self();
    }

    private Verdict verdict(R owner) {
        if (isRolledOut(owner)) {
            return Verdict.DONE;
        }
        return Availability.hopeless(context.store(), owner)
                .<Verdict>map(Verdict.Impossible::new)
                .orElse(Verdict.PENDING);
    }

    @Override
    public final String rolloutStatus() {
        return status(get());
    }

    static ApiException noStatus() {
        return ApiException.of(
                ApiException.Reason.BAD_REQUEST, "rollout status is only available for RollingUpdate strategy type");
    }

    @Override
    public final List<Revision> rolloutHistory() {
        return history(get());
    }

    private List<Revision> history(R owner) {
        return context
                .store()
                .controlledBy(
                        ResourceTypes.CONTROLLER_REVISION, owner.metadata().uidOrEmpty())
                .stream()
                .sorted(Comparator.comparingLong(ControllerRevision::revision))
                .map(StoredRollout::revision)
                .toList();
    }

    private static Revision revision(ControllerRevision kept) {
        return new Revision(
                kept.revision(), kept.metadata().annotations().getOrDefault(CHANGE_CAUSE, ""), KeptTemplate.in(kept));
    }

    @Override
    public final H undoRollout() {
        return edit(owner -> {
            List<Revision> history = history(owner);
            if (history.size() < 2) {
                throw notFound("no rollout history found for " + type().singular() + " \"" + name() + "\"");
            }
            return back(owner, history.get(history.size() - 2));
        });
    }

    @Override
    public final H undoRollout(long revision) {
        if (revision < 1) {
            throw new IllegalArgumentException("revisions count from 1: " + revision);
        }
        return edit(owner -> history(owner).stream()
                .filter(each -> each.number() == revision)
                .findFirst()
                .map(target -> back(owner, target))
                .orElseThrow(() -> notFound("unable to find specified revision " + revision + " in history")));
    }

    private static <R extends Resource> R back(R owner, Revision target) {
        return PodTemplates.template(owner, present -> target.template());
    }

    private static ApiException notFound(String message) {
        return ApiException.of(ApiException.Reason.NOT_FOUND, message);
    }

    @Override
    public final H restartRollout() {
        Instant now = context.time().instant();
        return edit(owner -> Restart.of(owner, now));
    }
}
