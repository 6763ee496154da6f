package dev.orchestrator.runtime.schema;

import java.util.Set;

import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.autoscaling.ScaleSpec;
import dev.orchestrator.api.model.autoscaling.ScaleStatus;

/** How Kubernetes calls the records of the model. */
public final class ModelTypes {

    private static final Set<Class<?>> AUTOSCALING_V1 = Set.of(Scale.class, ScaleSpec.class, ScaleStatus.class);

    private ModelTypes() {}

    /** {@return what the model calls the group of a record: the last step of its package} */
    public static String group(Class<?> record) {
        String name = record.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** {@return the version of its group that a record is of, such as {@code v1}} */
    public static String version(Class<?> record) {
        return group(record).equals("autoscaling") && !AUTOSCALING_V1.contains(record) ? "v2" : "v1";
    }

    /** {@return a record with its group, such as {@code core.Container}} */
    public static String name(Class<?> record) {
        return group(record) + "." + record.getSimpleName();
    }
}
