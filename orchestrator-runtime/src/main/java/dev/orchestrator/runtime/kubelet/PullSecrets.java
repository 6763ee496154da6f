package dev.orchestrator.runtime.kubelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.ImagePull;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Reads the registry logins that a pod's image pull secrets hold; what is not one is left out, as Kubernetes does. */
final class PullSecrets {

    // Apart, since hardly any pod has such secrets and every pod asks for them.
    private static final class Json {
        static final JsonFactory FACTORY = new JsonFactory();
    }

    private PullSecrets() {}

    static List<ImagePull.Credential> credentials(ObjectStore store, Pod pod) {
        var credentials = new ArrayList<ImagePull.Credential>();
        for (LocalObjectReference reference : pod.spec().imagePullSecrets()) {
            var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), requireNonNullElse(reference.name(), ""));
            store.find(ResourceTypes.SECRET, key).ifPresent(secret -> read(secret, credentials));
        }
        return credentials;
    }

    /** {@return the names of the secrets that the pod names and that do not exist; empty when all do} */
    static String absent(ObjectStore store, Pod pod) {
        if (pod.spec().imagePullSecrets().isEmpty()) {
            return "";
        }
        var absent = new StringJoiner(", ");
        for (LocalObjectReference reference : pod.spec().imagePullSecrets()) {
            String name = requireNonNullElse(reference.name(), "");
            var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), name);
            if (store.find(ResourceTypes.SECRET, key).isEmpty()) {
                absent.add(name);
            }
        }
        return absent.toString();
    }

    private static void read(Secret secret, List<ImagePull.Credential> credentials) {
        Bytes config = secret.data().get(".dockerconfigjson");
        Bytes legacy = secret.data().get(".dockercfg");
        Bytes content = config != null ? config : legacy;
        if (content == null) {
            return;
        }
        var found = new ArrayList<ImagePull.Credential>();
        try (JsonParser parser = Json.FACTORY.createParser(content.toByteArray())) {
            parser.nextToken();
            readRegistries(parser, config != null, found);
            credentials.addAll(found);
        } catch (IOException notJson) {
            credentials.addAll(found);
        }
    }

    private static void readRegistries(JsonParser parser, boolean isNested, List<ImagePull.Credential> found)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (isNested && name.equals("auths") && value == JsonToken.START_OBJECT) {
                readRegistries(parser, false, found);
            } else if (!isNested && value == JsonToken.START_OBJECT) {
                readLogin(parser, name, found);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void readLogin(JsonParser parser, String registry, List<ImagePull.Credential> found)
            throws IOException {
        String username = null;
        String password = null;
        String both = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "username" -> username = parser.getText();
                case "password" -> password = parser.getText();
                case "auth" -> both = decoded(parser.getText());
                default -> parser.skipChildren();
            }
        }
        int colon = both == null ? -1 : both.indexOf(':');
        if (both != null && colon > 0) {
            username = both.substring(0, colon);
            password = both.substring(colon + 1);
        }
        if (username != null && password != null) {
            found.add(new ImagePull.Credential(registry, username, password));
        }
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
