package dev.orchestrator.server;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** What proves who is who: a certificate authority made for one server, the server's own key, and a client's token. */
final class Credentials {

    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration SKEW = Duration.ofHours(1);
    private static final String BEARER = "Bearer ";
    private static final char[] NO_PASSWORD = {};

    private final KeyStore keyStore;
    private final X509Certificate authority;
    private final String token;

    private Credentials(KeyStore keyStore, X509Certificate authority, String token) {
        this.keyStore = keyStore;
        this.authority = authority;
        this.token = token;
    }

    /** {@return new credentials for a server on this machine} */
    static Credentials generate(InetAddress address, Instant now) {
        var random = new SecureRandom();
        try {
            KeyPair authorityKeys = keys(random);
            var authorityName = new X500Name("CN=orchestrator-ca");
            X509v3CertificateBuilder root = certificate(authorityName, authorityName, authorityKeys, now, random);
            root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            X509Certificate authority = signed(root, authorityKeys);

            KeyPair serverKeys = keys(random);
            X509v3CertificateBuilder leaf =
                    certificate(authorityName, new X500Name("CN=orchestrator"), serverKeys, now, random);
            leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            leaf.addExtension(Extension.subjectAlternativeName, false, names(address));
            X509Certificate server = signed(leaf, authorityKeys);

            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, new Certificate[] {server, authority});
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            return new Credentials(
                    store, authority, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the server's certificate can not be made", e);
        }
    }

    private static KeyPair keys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder certificate(
            X500Name issuer, X500Name subject, KeyPair keys, Instant now, SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random).setBit(120),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(LIFE)),
                subject,
                keys.getPublic());
    }

    private static GeneralNames names(InetAddress address) throws SocketException {
        Set<String> ips = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        if (address.isAnyLocalAddress()) {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(AddressText::of)
                    .forEach(ips::add);
        } else {
            ips.add(AddressText.of(address));
        }
        List<GeneralName> names = new ArrayList<>();
        for (String name : List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc")) {
            names.add(new GeneralName(GeneralName.dNSName, name));
        }
        for (String ip : ips) {
            names.add(new GeneralName(GeneralName.iPAddress, ip));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(X509v3CertificateBuilder certificate, KeyPair authority)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
    }

    /** {@return the server's key and certificate, under an empty password} */
    KeyStore keyStore() {
        return keyStore;
    }

    /** {@return the secret that a client shows} */
    String token() {
        return token;
    }

    /** {@return the authority's certificate, as clients read it} */
    String authorityPem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authority's certificate can not be written", e);
        }
    }

    /** {@return whether an {@code Authorization} header shows the token} */
    boolean isShownBy(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] shown = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8));
    }
}
