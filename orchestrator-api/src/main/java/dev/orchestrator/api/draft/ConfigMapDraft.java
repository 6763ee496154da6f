package dev.orchestrator.api.draft;

import java.util.HashMap;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;

/** A config map in the making. */
public final class ConfigMapDraft extends Draft<ConfigMap, ConfigMapDraft> {

    ConfigMapDraft(ConfigMap map) {
        super(map);
    }

    @Override
    ConfigMapDraft self() {
        return this;
    }

    /** Sets the text under a key. */
    public ConfigMapDraft data(String key, String value) {
        return change(map ->
                ConfigMapBuilder.builder(map).data(with(map.data(), key, value)).build());
    }

    /** Sets the bytes under a key. */
    public ConfigMapDraft data(String key, byte[] value) {
        return change(map -> {
            var data = new HashMap<>(map.binaryData());
            data.put(key, Bytes.of(value));
            return ConfigMapBuilder.builder(map).binaryData(data).build();
        });
    }

    /** Forbids changes of the data. */
    public ConfigMapDraft immutable() {
        return change(map -> ConfigMapBuilder.builder(map).immutable(true).build());
    }
}
