package dev.orchestrator.server.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orchestrator.runtime.access.User;
import dev.orchestrator.server.http.Call;
import org.eclipse.jetty.io.EndPoint;

/**
 * The users behind client certificates: the common name is the user's, each organization is a group. TLS has made sure
 * that a client holds the key of the certificate that it shows; whether the certificate is worth anything is found out
 * here.
 */
public final class ClientCertificates {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private final X509Certificate authority;
    private final Supplier<Instant> now;
    /** What was found out about certificates, which lasts as long as their connections: signatures take long. */
    private final Cache<X509Certificate, Optional<User>> known =
            CacheBuilder.newBuilder().weakKeys().build();

    /** Trusts the certificates that an authority has signed, as long as they are valid. */
    public ClientCertificates(X509Certificate authority, Supplier<Instant> now) {
        this.authority = authority;
        this.now = now;
    }

    /** {@return whether the client shows a certificate} */
    boolean isShownBy(Call call) {
        return chain(call).length > 0;
    }

    private static X509Certificate[] chain(Call call) {
        Object session = call.request().getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        X509Certificate[] chain = session instanceof EndPoint.SslSessionData tls ? tls.peerCertificates() : null;
        return chain == null ? new X509Certificate[0] : chain;
    }

    /** {@return who shows a certificate; empty when it is not worth anything} */
    Optional<User> user(Call call) {
        X509Certificate certificate = chain(call)[0];
        try {
            certificate.checkValidity(Date.from(now.get()));
        } catch (CertificateException over) {
            return Optional.empty();
        }
        return known.asMap().computeIfAbsent(certificate, this::read);
    }

    private Optional<User> read(X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return isForClients(certificate) ? named(certificate) : Optional.empty();
        } catch (GeneralSecurityException worthless) {
            return Optional.empty();
        }
    }

    private static boolean isForClients(X509Certificate certificate) throws CertificateParsingException {
        List<String> uses = certificate.getExtendedKeyUsage();
        return uses != null && uses.contains(CLIENT_AUTHENTICATION);
    }

    private static Optional<User> named(X509Certificate certificate) {
        var name = "";
        var groups = new ArrayList<String>();
        try {
            var subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                String value = String.valueOf(part.getValue());
                switch (part.getType()) {
                    case "CN" -> name = value;
                    case "O" -> groups.add(value);
                    default -> {}
                }
            }
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(User.authenticated(name, groups));
    }
}
