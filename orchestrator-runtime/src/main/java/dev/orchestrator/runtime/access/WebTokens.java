package dev.orchestrator.runtime.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orchestrator.runtime.access.AccountTokens.RefusedTokenException;
import dev.orchestrator.runtime.codec.JsonText;

/** JSON web tokens, signed with a key made for them: ES256 and nothing else, whatever a token says of itself. */
final class WebTokens {

    private static final String ALGORITHM = "ES256";
    private static final String SIGNATURE = "SHA256withECDSAinP1363Format";
    private static final int LONGEST = 16 * 1024;
    private static final int MOST_KNOWN = 1000;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final KeyPair keys;
    private final String keyId;
    /** What tokens say whose signature was found right: that takes long and never changes. */
    private final Cache<String, Map<String, Object>> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    WebTokens() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            keyId = ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the key for tokens can not be made", missing);
        }
    }

    /** {@return a token that says this} */
    String sign(Map<String, Object> payload) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", ALGORITHM);
        header.put("kid", keyId);
        String signed = part(header) + "." + part(payload);
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token can not be signed", e);
        }
    }

    private static String part(Map<String, Object> tree) {
        return ENCODER.encodeToString(JsonText.write(tree).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return what a token says}
     *
     * @throws RefusedTokenException if it is no token of ours
     */
    Map<String, Object> verified(String token) throws RefusedTokenException {
        Map<String, Object> before = known.getIfPresent(token);
        if (before != null) {
            return before;
        }
        Map<String, Object> payload = read(token);
        known.put(token, payload);
        return payload;
    }

    private Map<String, Object> read(String token) throws RefusedTokenException {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            throw new RefusedTokenException("token is not a JSON web token");
        }
        Map<String, Object> header = object(parts[0]);
        if (!ALGORITHM.equals(header.get("alg")) || !keyId.equals(header.get("kid")) || header.containsKey("crit")) {
            throw new RefusedTokenException("token is signed with an unknown key or algorithm");
        }
        if (!isSigned(parts[0] + "." + parts[1], bytes(parts[2]))) {
            throw new RefusedTokenException("token has a wrong signature");
        }
        return object(parts[1]);
    }

    private boolean isSigned(String signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SIGNATURE);
            verifier.initVerify(keys.getPublic());
            verifier.update(signed.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token can not be verified", e);
        }
    }

    private static byte[] bytes(String part) throws RefusedTokenException {
        try {
            return DECODER.decode(part);
        } catch (IllegalArgumentException malformed) {
            throw new RefusedTokenException("token is not a JSON web token");
        }
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    private static Map<String, Object> object(String part) throws RefusedTokenException {
        try {
            var documents = JsonText.parse(bytes(part));
            if (documents.size() == 1 && documents.getFirst().root() instanceof Map<?, ?> object) {
                return (Map<String, Object>) object;
            }
        } catch (IllegalArgumentException malformed) {
            throw new RefusedTokenException("token is not a JSON web token");
        }
        throw new RefusedTokenException("token is not a JSON web token");
    }
}
