package dev.orchestrator.runtime.admission.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.NamespaceStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Every namespace carries its name as a label and waits for its contents when it is deleted. */
final class NamespaceRules implements Validator<Namespace> {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";

    static Namespace withDefaults(Namespace namespace) {
        String name = namespace.metadata().nameOrEmpty();
        boolean labelled =
                name.isEmpty() || name.equals(namespace.metadata().labels().get(NAME_LABEL));
        boolean isNew = namespace.metadata().uid() == null;
        boolean hasPhase = !Zero.isEmpty(namespace.status().phase());
        if (labelled && hasPhase && (!isNew || namespace.spec().finalizers().contains(FINALIZER))) {
            return namespace;
        }
        NamespaceBuilder builder = NamespaceBuilder.builder(namespace);
        if (!labelled) {
            Map<String, String> labels = new HashMap<>(namespace.metadata().labels());
            labels.put(NAME_LABEL, name);
            builder.metadata(ObjectMetaBuilder.builder(namespace.metadata())
                    .labels(labels)
                    .build());
        }
        if (isNew && !namespace.spec().finalizers().contains(FINALIZER)) {
            builder.spec(new NamespaceSpec(List.of(FINALIZER)));
        }
        if (!hasPhase) {
            builder.status(NamespaceStatusBuilder.builder(namespace.status())
                    .phase("Active")
                    .build());
        }
        return builder.build();
    }

    @Override
    public NameRule nameRule() {
        return NameRule.LABEL;
    }

    @Override
    public void validateCreate(Namespace namespace, FieldErrors errors) {
        List<String> finalizers = namespace.spec().finalizers();
        for (int i = 0; i < finalizers.size(); i++) {
            FieldPath path = FieldPath.of("spec").child("finalizers");
            errors.invalid(path, finalizers.get(i), Names.qualifiedName(finalizers.get(i)));
        }
    }

    @Override
    public void validateUpdate(Namespace old, Namespace updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }
}
