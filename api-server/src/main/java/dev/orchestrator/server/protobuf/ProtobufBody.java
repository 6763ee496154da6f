package dev.orchestrator.server.protobuf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.orchestrator.runtime.codec.Document;
import io.kubernetes.client.proto.Runtime.Unknown;

/** Reads the envelope in which Kubernetes sends protobuf, and the object in it. */
public final class ProtobufBody {

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ProtobufBody() {}

    /**
     * {@return the object in an envelope, as the tree that JSON would have given}
     *
     * @param record the record that the object is to become; of another kind only kind and version are read
     * @throws IllegalArgumentException if the bytes are not such an envelope
     */
    public static Document read(byte[] body, Class<?> record) {
        if (body.length < MAGIC.length || !startsWithMagic(body)) {
            throw new IllegalArgumentException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            var envelope = DynamicMessage.parseFrom(
                    Unknown.getDescriptor(),
                    CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length));
            Message type = (Message) part(envelope, "typeMeta");
            String apiVersion = (String) part(type, "apiVersion");
            String kind = (String) part(type, "kind");
            var tree = new LinkedHashMap<String, Object>();
            if (kind.equals(record.getSimpleName())) {
                tree.putAll(content((ByteString) part(envelope, "raw"), apiVersion, kind, record));
            }
            put(tree, "apiVersion", apiVersion);
            put(tree, "kind", kind);
            return Document.of(tree);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("proto: " + malformed.getMessage(), malformed);
        }
    }

    private static Object part(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static boolean startsWithMagic(byte[] body) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (body[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> content(ByteString raw, String apiVersion, String kind, Class<?> record)
            throws InvalidProtocolBufferException {
        Optional<Descriptor> descriptor = Messages.find(apiVersion, kind);
        return descriptor.isEmpty()
                ? Map.of()
                : MessageTrees.of(DynamicMessage.parseFrom(descriptor.get(), raw), record);
    }

    private static void put(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }
}
