package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.admission.kind.Identity;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Manifests as they look after admission, and what admission says of those it refuses. */
final class Admitted {

    private static final WriteRequest REQUEST = WriteRequest.by("test");
    private static final AdmissionChain CHAIN =
            AdmissionChain.of(StoredFixture.withDefaultNamespace(), AdmissionPlugins.NONE, port -> true);

    private Admitted() {}

    /** {@return the fields of a new object, with its defaults} */
    static Map<String, Object> fields(String manifest) {
        return Codec.toTree(admitted(manifest));
    }

    private static Resource admitted(String manifest) {
        Resource object = CHAIN.admitCreate(parse(manifest), REQUEST);
        // What has its defaults must not be copied again by every later write.
        if (!Identity.same(CHAIN.admitUpdate(object, object, REQUEST), object)) {
            throw new IllegalStateException("defaults are filled in twice: " + object);
        }
        return object;
    }

    private static Resource parse(String manifest) {
        return Manifests.load(manifest).get(0);
    }

    /** {@return what is wrong with a new object; empty when nothing is} */
    static List<String> refusal(String manifest) {
        return causes(() -> CHAIN.admitCreate(parse(manifest), REQUEST));
    }

    /** {@return what is wrong with an update; empty when nothing is} */
    static List<String> refusal(String old, String updated) {
        Resource stored = admitted(old);
        return causes(() -> CHAIN.admitUpdate(stored, parse(updated), REQUEST));
    }

    /** {@return what is wrong with a write of the status; empty when nothing is} */
    static List<String> refusalOfStatus(String old, String updated) {
        Resource stored = admitted(old);
        return causes(() -> CHAIN.admitUpdate(stored, parse(updated), REQUEST.on(Subresource.STATUS)));
    }

    private static List<String> causes(Runnable write) {
        try {
            write.run();
            return List.of();
        } catch (ApiException refusal) {
            return refusal.causes().stream()
                    .map(cause -> cause.field() + ": " + cause.message())
                    .toList();
        }
    }
}
