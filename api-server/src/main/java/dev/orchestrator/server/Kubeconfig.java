package dev.orchestrator.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The file that tells clients where a server is and how to show who they are. */
final class Kubeconfig {

    private static final String NAME = "orchestrator";

    private Kubeconfig() {}

    /** {@return the administrator's} */
    static String text(URI server, Credentials credentials) {
        return text(server, credentials, "    token: " + credentials.token() + "\n");
    }

    /** {@return that of a user with a certificate} */
    static String text(URI server, Credentials credentials, Credentials.ClientCertificate certificate) {
        return text(
                server,
                credentials,
                "    client-certificate-data: " + encoded(certificate.certificate()) + "\n    client-key-data: "
                        + encoded(certificate.key()) + "\n");
    }

    private static String text(URI server, Credentials credentials, String user) {
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
                """, NAME, server, encoded(credentials.authorityPem())) + user;
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
