package dev.orchestrator.docker;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import com.github.dockerjava.core.util.CertificateUtils;
import dev.orchestrator.docker.EngineAddress.Tls;
import org.jspecify.annotations.Nullable;

/**
 * Secured connections to an engine, with the files that the docker CLI uses: {@code ca.pem} signs the engine's
 * certificate, {@code cert.pem} and {@code key.pem} say who asks.
 */
final class EngineTls {

    private static final String CA = "ca.pem";
    private static final String CERTIFICATE = "cert.pem";
    private static final String KEY = "key.pem";

    // What guards a key store that never leaves the memory.
    private static final char[] PASSWORD = "engine".toCharArray();

    private EngineTls() {}

    /**
     * {@return what secures connections}
     *
     * @throws IllegalArgumentException if the files are not there or can not be used; the message says what to do
     */
    static SSLContext context(Tls tls) {
        Path folder = tls.certificates();
        boolean hasCertificate = Files.exists(folder.resolve(CERTIFICATE));
        boolean hasKey = Files.exists(folder.resolve(KEY));
        if (!hasCertificate && !hasKey && !Files.exists(folder.resolve(CA))) {
            throw new IllegalArgumentException("a connection with TLS is asked for, but " + folder + " holds none of "
                    + CA + ", " + CERTIFICATE + " and " + KEY + "; set DOCKER_CERT_PATH to the folder that does, or"
                    + " unset DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH to speak without TLS");
        }
        if (hasCertificate != hasKey) {
            throw new IllegalArgumentException(folder + " holds " + (hasKey ? KEY : CERTIFICATE) + " but no "
                    + (hasKey ? CERTIFICATE : KEY) + "; an engine needs both to know who asks");
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(hasKey ? keys(folder) : null, trust(tls), new SecureRandom());
            return context;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("the certificates in " + folder + " can not be used: " + e, e);
        }
    }

    private static KeyManager[] keys(Path folder) throws IOException, GeneralSecurityException {
        PrivateKey key = CertificateUtils.loadPrivateKey(Files.readString(folder.resolve(KEY)));
        if (key == null) {
            throw new InvalidKeyException(KEY + " holds no key");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, PASSWORD, certificates(folder.resolve(CERTIFICATE)));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    // docker-java would want a security provider to be registered for the whole JVM.
    private static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (found.length == 0) {
                throw new CertificateException(file + " holds no certificate");
            }
            return found;
        }
    }

    /** {@return whom to trust; null for whom the JVM trusts} */
    private static TrustManager @Nullable [] trust(Tls tls) throws IOException, GeneralSecurityException {
        Path ca = tls.certificates().resolve(CA);
        if (!tls.isVerified()) {
            return new TrustManager[] {new Anybody()};
        }
        if (!Files.exists(ca)) {
            return null;
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = emptyStore();
        Certificate[] trusted = certificates(ca);
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("ca-" + i, trusted[i]);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** {@return what a user can do about a failure to speak to an engine; empty if it has nothing to do with TLS} */
    static String advice(EngineAddress address, @Nullable Throwable failure) {
        String said = messages(failure);
        Tls tls = address.tls();
        if (tls == null) {
            return said.contains("HTTP request to an HTTPS server")
                    ? "; the engine wants TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH to the folder with its "
                            + CA + ", " + CERTIFICATE + " and " + KEY
                    : "";
        }
        Path folder = tls.certificates();
        if (said.contains("Unsupported or unrecognized SSL message")) {
            return "; it speaks no TLS: unset DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH if that is meant to be";
        }
        if (said.contains("PKIX") || said.contains("path validation")) {
            return Files.exists(folder.resolve(CA))
                    ? "; its certificate is not signed by " + folder.resolve(CA) + ": copy the engine's " + CA
                            + " there"
                    : "; its certificate is signed by nobody whom this JVM trusts: copy the engine's " + CA + " to "
                            + folder;
        }
        if (said.contains("No subject alternative") || said.contains("No name matching")) {
            return "; its certificate is not for " + address.host()
                    + ": use a name that it is for, or have one made for this";
        }
        if (!Files.exists(folder.resolve(CERTIFICATE))) {
            return "; an engine that wants to know who asks refuses without " + CERTIFICATE + " and " + KEY
                    + ": put them into " + folder;
        }
        return failure instanceof SSLException || said.contains("certificate")
                ? "; it may not know the CA that has signed " + folder.resolve(CERTIFICATE)
                : "";
    }

    private static String messages(@Nullable Throwable failure) {
        var said = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }

    /** Believes everybody: what the docker CLI does unless it is told to verify. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Nobody is asked.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Nobody is asked.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Nobody is asked.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Nobody is asked.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Nobody is asked.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Nobody is asked.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
