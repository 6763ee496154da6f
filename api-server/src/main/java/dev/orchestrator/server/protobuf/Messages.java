package dev.orchestrator.server.protobuf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Autoscaling;

/** Which message a kind is sent as. */
final class Messages {

    // A group's messages are read when its first object comes: they take a while.
    private static final Map<String, Supplier<FileDescriptor>> GROUPS = Map.ofEntries(
            Map.entry("v1", V1::getDescriptor),
            Map.entry("apps/v1", V1Apps::getDescriptor),
            Map.entry("authentication.k8s.io/v1", V1Authentication::getDescriptor),
            Map.entry("authorization.k8s.io/v1", V1Authorization::getDescriptor),
            Map.entry("autoscaling/v1", V1Autoscaling::getDescriptor),
            Map.entry("autoscaling/v2", V2Autoscaling::getDescriptor),
            Map.entry("batch/v1", V1Batch::getDescriptor),
            Map.entry("coordination.k8s.io/v1", V1Coordination::getDescriptor),
            Map.entry("discovery.k8s.io/v1", V1Discovery::getDescriptor),
            Map.entry("networking.k8s.io/v1", V1Networking::getDescriptor),
            Map.entry("policy/v1", V1Policy::getDescriptor),
            Map.entry("rbac.authorization.k8s.io/v1", V1Rbac::getDescriptor),
            Map.entry("scheduling.k8s.io/v1", V1Scheduling::getDescriptor),
            Map.entry("storage.k8s.io/v1", V1Storage::getDescriptor));

    /** Kinds that are sent to every group. */
    private static final List<String> META = List.of("DeleteOptions", "Status");

    private Messages() {}

    static Optional<Descriptor> find(String apiVersion, String kind) {
        if (META.contains(kind)) {
            return Optional.of(Meta.getDescriptor().findMessageTypeByName(kind));
        }
        return Optional.ofNullable(GROUPS.get(apiVersion))
                .flatMap(group -> Optional.ofNullable(group.get().findMessageTypeByName(kind)));
    }
}
