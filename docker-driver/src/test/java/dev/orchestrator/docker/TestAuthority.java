package dev.orchestrator.docker;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as a test. */
final class TestAuthority {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2120-01-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    TestAuthority(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        this.name = new X500Name("CN=" + name);
        this.keys = newKeys();
        X509v3CertificateBuilder root = builder(this.name, keys);
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        this.certificate = signed(root);
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair owner) {
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, random).setBit(120),
                Date.from(BEGIN),
                Date.from(END),
                subject,
                owner.getPublic());
    }

    private X509Certificate signed(X509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    /** A key with its certificate, for somebody at 127.0.0.1. */
    private record Identity(Key key, X509Certificate certificate) {}

    private Identity issue(String whom) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair owner = newKeys();
        X509v3CertificateBuilder leaf = builder(new X500Name("CN=" + whom), owner);
        leaf.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new Identity(owner.getPrivate(), signed(leaf));
    }

    /** {@return what a server at 127.0.0.1 secures its connections with, who wants to know who asks} */
    SSLContext server() throws GeneralSecurityException, OperatorCreationException, IOException {
        Identity server = issue("engine");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("server", server.key(), PASSWORD, new Certificate[] {server.certificate()});
        store.setCertificateEntry("ca", certificate);
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), random);
        return context;
    }

    /** Writes {@code ca.pem}. */
    void writeAuthority(Path folder) throws IOException, GeneralSecurityException {
        write(Files.createDirectories(folder).resolve("ca.pem"), "CERTIFICATE", certificate.getEncoded());
    }

    /** Writes {@code cert.pem} and {@code key.pem} of a new client. */
    void writeClient(Path folder) throws IOException, GeneralSecurityException, OperatorCreationException {
        Identity client = issue("client");
        Files.createDirectories(folder);
        write(folder.resolve("cert.pem"), "CERTIFICATE", client.certificate().getEncoded());
        write(folder.resolve("key.pem"), "PRIVATE KEY", client.key().getEncoded());
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                        + "-----\n");
    }
}
