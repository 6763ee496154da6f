package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.ownership.RecordedOwnership;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;

/** A store that keeps its commits in a directory, as an orchestrator has one. */
final class TestState implements AutoCloseable {

    static final ObjectFormat JSON = new Json();

    private static final WriteRequest WRITE = WriteRequest.by("test");
    private static final long MUCH = 1L << 30;

    private final StateDirectory directory;
    private final ObjectStore store;

    private TestState(StateDirectory directory) {
        this.directory = directory;
        this.store = new ObjectStore(
                new ManualClock(),
                new AdmitsEverything(),
                new RecordedOwnership(),
                StoreOptions.defaults(),
                directory.log());
    }

    /** Objects as an orchestrator writes them. */
    private static final class Json implements ObjectFormat {

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

    static TestState open(Path directory) {
        return open(directory, new LocalDisk(), MUCH);
    }

    static TestState open(Path directory, Disk disk, long leastGrowth) {
        return new TestState(StateDirectory.open(directory, "test", JSON, disk, leastGrowth));
    }

    /** {@return what a crash at this moment would leave, as a directory of its own} */
    static Path crashed(Path directory, Path copy) throws IOException {
        LocalDisk.makeDirectory(copy);
        try (var files = Files.newDirectoryStream(directory, "state-*")) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    ObjectStore store() {
        return store;
    }

    String id() {
        return directory.id();
    }

    ConfigMap create(String name, String value) {
        return store.create(
                ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("shop")
                                .name(name)
                                .build())
                        .data(Map.of("value", value))
                        .build(),
                WRITE);
    }

    ConfigMap set(String name, String value) {
        return store.edit(
                ResourceTypes.CONFIG_MAP,
                key(name),
                WRITE,
                map -> ConfigMapBuilder.builder(map)
                        .data(Map.of("value", value))
                        .build());
    }

    void delete(String name) {
        store.delete(
                ResourceTypes.CONFIG_MAP,
                key(name),
                DeleteOptionsBuilder.builder().build(),
                WRITE);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("shop", name);
    }

    /** {@return the values of all config maps by name} */
    Map<String, String> values() {
        var values = new TreeMap<String, String>();
        for (ConfigMap map : store.list(ResourceTypes.CONFIG_MAP)) {
            values.put(map.metadata().nameOrEmpty(), map.data().getOrDefault("value", ""));
        }
        return values;
    }

    @Override
    public void close() {
        store.close();
        directory.close();
    }
}
