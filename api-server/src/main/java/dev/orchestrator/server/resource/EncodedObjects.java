package dev.orchestrator.server.resource;

import java.io.ByteArrayOutputStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.ownership.ManagedFields;

/**
 * Objects as JSON, each version encoded once however many clients read, list or watch it: what is stored never changes,
 * so its identity is the key. Forgotten with the object, or when there is too much of it.
 */
final class EncodedObjects {

    private static final long MOST_BYTES = 64 * 1024 * 1024;
    private static final int USUAL_SIZE = 4096;

    private final Cache<Resource, byte[]> known = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MOST_BYTES)
            .<Resource, byte[]>weigher((object, json) -> json.length)
            .build();

    /** {@return the object as JSON in one line with its end; not to be changed} */
    byte[] line(Resource object) {
        byte[] json = known.getIfPresent(object);
        if (json == null) {
            json = encoded(object);
            known.put(object, json);
        }
        return json;
    }

    private static byte[] encoded(Resource object) {
        var out = new ByteArrayOutputStream(USUAL_SIZE);
        Codec.writeJson(ManagedFields.shown(object), out);
        out.write('\n');
        return out.toByteArray();
    }
}
