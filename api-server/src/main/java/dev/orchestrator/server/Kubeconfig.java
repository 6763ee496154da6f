package dev.orchestrator.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The file that tells clients where a server is and how to show who they are. */
final class Kubeconfig {

    private static final String NAME = "orchestrator";

    private Kubeconfig() {}

    static String text(URI server, Credentials credentials) {
        String authority =
                Base64.getEncoder().encodeToString(credentials.authorityPem().getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                    namespace: default
                current-context: %1$s
                preferences: {}
                users:
                - name: %1$s
                  user:
                    token: %4$s
                """, NAME, server, authority, credentials.token());
    }
}
