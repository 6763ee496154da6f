package dev.orchestrator.server;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What proves who is who: a certificate authority made for one server, the server's own key, and a client's token. */
final class Credentials {

    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration SKEW = Duration.ofHours(1);
    private static final int KEY_BITS = 256;
    private static final char[] NO_PASSWORD = {};

    private final KeyStore keyStore;
    private final X509Certificate authority;
    private final PrivateKey authorityKey;
    private final String token;

    private Credentials(KeyStore keyStore, X509Certificate authority, PrivateKey authorityKey, String token) {
        this.keyStore = keyStore;
        this.authority = authority;
        this.authorityKey = authorityKey;
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
            X509Certificate authority = signed(root, authorityKeys.getPrivate());

            KeyPair serverKeys = keys(random);
            X509v3CertificateBuilder leaf =
                    certificate(authorityName, new X500Name("CN=orchestrator"), serverKeys, now, random);
            restrict(leaf, KeyPurposeId.id_kp_serverAuth);
            leaf.addExtension(Extension.subjectAlternativeName, false, names(address));
            X509Certificate server = signed(leaf, authorityKeys.getPrivate());

            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, new Certificate[] {server, authority});
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            return new Credentials(
                    store,
                    authority,
                    authorityKeys.getPrivate(),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
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

    private static void restrict(X509v3CertificateBuilder leaf, KeyPurposeId purpose) throws CertIOException {
        leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static X509Certificate signed(X509v3CertificateBuilder certificate, PrivateKey authority)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority)));
    }

    /** {@return the server's key and certificate, under an empty password} */
    KeyStore keyStore() {
        return keyStore;
    }

    /** {@return the secret that a client shows} */
    String token() {
        return token;
    }

    /** {@return the authority's certificate} */
    X509Certificate authority() {
        return authority;
    }

    /** {@return the authority's certificate, as clients read it} */
    String authorityPem() {
        try {
            return pem("CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authority's certificate can not be written", e);
        }
    }

    /**
     * What a user shows.
     *
     * @param certificate the certificate, as clients read it
     * @param key its key, as clients read it
     */
    record ClientCertificate(String certificate, String key) {}

    /** {@return a new certificate for a user in some groups} */
    ClientCertificate issue(String user, List<String> groups, Instant now) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        groups.forEach(group -> name.addRDN(BCStyle.O, group));
        name.addRDN(BCStyle.CN, user);
        var random = new SecureRandom();
        try {
            KeyPair keys = keys(random);
            var issuer = new X500Name(authority.getSubjectX500Principal().getName());
            X509v3CertificateBuilder leaf = certificate(issuer, name.build(), keys, now, random);
            restrict(leaf, KeyPurposeId.id_kp_clientAuth);
            X509Certificate certificate = signed(leaf, authorityKey);
            return new ClientCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()), pem("EC PRIVATE KEY", encoded(keys)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate for " + user + " can not be made", e);
        }
    }

    // The form of RFC 5915, with the name of the curve: some clients take nothing else, and the others take it, too.
    private static byte[] encoded(KeyPair keys) throws IOException {
        var key = new org.bouncycastle.asn1.sec.ECPrivateKey(
                KEY_BITS,
                ((ECPrivateKey) keys.getPrivate()).getS(),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData(),
                SECObjectIdentifiers.secp256r1);
        return key.getEncoded();
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }
}
