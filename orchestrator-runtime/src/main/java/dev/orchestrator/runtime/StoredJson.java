package dev.orchestrator.runtime;

import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.store.disk.ObjectFormat;

/** Keeps objects as the JSON that an API server sends. */
final class StoredJson implements ObjectFormat {

    @Override
    public byte[] write(Resource object) {
        return Codec.toJson(object);
    }

    @Override
    public Resource read(byte[] text) {
        return Codec.decode(JsonText.parse(text).getFirst(), FieldValidation.STRICT)
                .value();
    }
}
