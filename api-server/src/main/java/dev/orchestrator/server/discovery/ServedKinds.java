package dev.orchestrator.server.discovery;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.http.Call;

/** What is served now: the built-in kinds, and the custom ones from the moment on that they are established. */
public final class ServedKinds {

    /** What was served while these definitions were stored. */
    private record Snapshot(
            List<CustomResourceDefinition> definitions, Catalog catalog, Discovery discovery, OpenApi openApi) {

        static Snapshot of(List<CustomResourceDefinition> definitions) {
            Catalog catalog = Catalog.with(CustomCatalog.of(definitions));
            return new Snapshot(definitions, catalog, new Discovery(catalog), new OpenApi(catalog));
        }

        @SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
        boolean isOf(List<CustomResourceDefinition> now) {
            if (now.size() != definitions.size()) {
                return false;
            }
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i) != definitions.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final ObjectStore store;
    private final Catalog builtIn;
    private volatile Snapshot last = Snapshot.of(List.of());

    /** Serves what a store has definitions of. */
    public ServedKinds(ObjectStore store) {
        this.store = store;
        this.builtIn = last.catalog();
    }

    private Snapshot now() {
        List<CustomResourceDefinition> definitions = store.count(ResourceTypes.CUSTOM_RESOURCE_DEFINITION) == 0
                ? List.of()
                : store.list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION);
        Snapshot known = last;
        if (known.isOf(definitions)) {
            return known;
        }
        Snapshot made = Snapshot.of(definitions);
        last = made;
        return made;
    }

    /** {@return the resource of a group version by its name in URLs, if it is served} */
    public Optional<Served> find(String apiVersion, String plural) {
        Optional<Served> known = builtIn.find(apiVersion, plural);
        return known.isPresent() ? known : now().catalog().find(apiVersion, plural);
    }

    /** {@return whether the path was one of discovery or of OpenAPI, and has been answered} */
    public boolean answer(Call call, List<String> path) {
        if (path.isEmpty() || !List.of("api", "apis", "openapi").contains(path.getFirst())) {
            return false;
        }
        Snapshot now = now();
        return now.discovery().answer(call, path) || now.openApi().answer(call, path);
    }
}
