package dev.orchestrator.runtime.store;

import java.util.Objects;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.Service;
import org.jspecify.annotations.Nullable;

/** Which fields of which kinds a field selector may name, and their values. */
final class Fields {

    static final String NAME = "metadata.name";
    static final String NAMESPACE = "metadata.namespace";
    static final String NODE_NAME = "spec.nodeName";

    private static final Set<String> POD = Set.of(
            NODE_NAME,
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.podIPs",
            "status.nominatedNodeName");
    private static final Set<String> EVENT = Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type");

    private Fields() {}

    static void check(ResourceType<?> type, String field) {
        if (type.isCustom()) {
            CustomFields.check(type, field);
            return;
        }
        Set<String> more = supported(type);
        boolean hasNamespace = !type.kind().equals("Node") && !type.kind().equals("Namespace");
        if (field.equals(NAME)
                || (field.equals(NAMESPACE) && (hasNamespace || more.isEmpty()))
                || more.contains(field)) {
            return;
        }
        if (more.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
        if (type.kind().equals("Job")) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST, "field label \"" + field + "\" not supported for Job");
        }
        throw ApiException.of(ApiException.Reason.BAD_REQUEST, "field label not supported: " + field);
    }

    private static Set<String> supported(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Pod" -> POD;
            case "Event" -> EVENT;
            case "Service" -> Set.of("spec.clusterIP", "spec.type");
            case "Secret" -> Set.of("type");
            case "Namespace" -> Set.of("status.phase", "name");
            case "Node" -> Set.of("spec.unschedulable");
            case "ReplicationController" -> Set.of("status.replicas");
            case "Job" -> Set.of("status.successful");
            default -> Set.of();
        };
    }

    /** {@return the value of a supported field; empty when it is not set} */
    static String value(Resource object, String field) {
        return switch (field) {
            case NAME, "name" -> object.metadata().nameOrEmpty();
            case NAMESPACE -> object.metadata().namespaceOrEmpty();
            default -> Objects.requireNonNullElse(special(object, field), "");
        };
    }

    private static @Nullable String special(Resource object, String field) {
        if (object instanceof CustomObject custom) {
            return CustomFields.value(custom, field);
        }
        return switch (object.resourceType().kind()) {
            case "Pod" -> ofPod((Pod) object, field);
            case "Event" -> ofEvent((Event) object, field);
            case "Service" -> {
                Service service = (Service) object;
                yield field.equals("spec.type")
                        ? service.spec().type()
                        : service.spec().clusterIP();
            }
            case "Secret" -> ((Secret) object).type();
            case "Namespace" -> ((Namespace) object).status().phase();
            case "Node" -> Boolean.toString(((Node) object).spec().unschedulable());
            case "ReplicationController" ->
                Integer.toString(((ReplicationController) object).status().replicas());
            case "Job" -> Integer.toString(((Job) object).status().succeeded());
            default -> null;
        };
    }

    private static @Nullable String ofPod(Pod pod, String field) {
        return switch (field) {
            case NODE_NAME -> pod.spec().nodeName();
            case "spec.restartPolicy" -> pod.spec().restartPolicy();
            case "spec.schedulerName" -> pod.spec().schedulerName();
            case "spec.serviceAccountName" -> pod.spec().serviceAccountName();
            case "spec.hostNetwork" -> Boolean.toString(pod.spec().hostNetwork());
            case "status.phase" -> pod.status().phase();
            case "status.podIP", "status.podIPs" -> pod.status().podIP();
            case "status.nominatedNodeName" -> pod.status().nominatedNodeName();
            default -> null;
        };
    }

    private static @Nullable String ofEvent(Event event, String field) {
        return switch (field) {
            case "involvedObject.kind" -> event.involvedObject().kind();
            case "involvedObject.namespace" -> event.involvedObject().namespace();
            case "involvedObject.name" -> event.involvedObject().name();
            case "involvedObject.uid" -> event.involvedObject().uid();
            case "involvedObject.apiVersion" -> event.involvedObject().apiVersion();
            case "involvedObject.resourceVersion" -> event.involvedObject().resourceVersion();
            case "involvedObject.fieldPath" -> event.involvedObject().fieldPath();
            case "reason" -> event.reason();
            case "reportingComponent" -> event.reportingComponent();
            case "source" -> {
                String component = event.source().component();
                yield component == null || component.isEmpty() ? event.reportingComponent() : component;
            }
            case "type" -> event.type();
            default -> null;
        };
    }
}
