package dev.orchestrator.runtime.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.ObjectKey;

/**
 * Where a page ended: opaque to clients, made as Kubernetes makes it.
 *
 * @param revision the revision of the first page; -1 to go on with whatever is there now
 * @param start the first key of the next page
 */
record ContinueToken(long revision, ObjectKey start) {

    private static final String VERSION = "meta.k8s.io/v1";
    private static final Pattern FORM = Pattern.compile(
            "\\{\\s*\"v\"\\s*:\\s*\"([^\"]*)\"\\s*,\\s*\"rv\"\\s*:\\s*(-?[0-9]{1,18})\\s*,\\s*\"start\"\\s*:\\s*\"([^\"]*)\"\\s*}\\s*");

    /** {@return the token of the page after an object} */
    static ContinueToken after(long revision, ObjectKey last) {
        return new ContinueToken(revision, new ObjectKey(last.namespace(), last.name() + '\0'));
    }

    String encoded() {
        String json = "{\"v\":\"" + VERSION + "\",\"rv\":" + revision + ",\"start\":\"" + path() + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private String path() {
        String path = start.namespace().isEmpty() ? start.name() : start.namespace() + "/" + start.name();
        return path.replace("\0", "\\u0000");
    }

    static ContinueToken decode(String token) {
        String json;
        try {
            json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StoreErrors.badContinue("illegal base64 data at input byte " + firstIllegal(token));
        }
        Matcher form = FORM.matcher(json);
        if (!form.matches()) {
            throw StoreErrors.badContinue(
                    json.isEmpty()
                            ? "unexpected end of JSON input"
                            : "invalid character '" + json.substring(0, json.offsetByCodePoints(0, 1))
                                    + "' looking for beginning of value");
        }
        if (!form.group(1).equals(VERSION)) {
            throw StoreErrors.badContinue("server does not recognize this encoded version \"" + form.group(1) + "\"");
        }
        String path = form.group(3).replace("\\u0000", "\0");
        long revision = Long.parseLong(form.group(2));
        if (revision == 0) {
            throw StoreErrors.badContinue("incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        if (path.isEmpty()) {
            throw StoreErrors.badContinue("encoded start key empty (version " + VERSION + ")");
        }
        int slash = path.indexOf('/');
        return new ContinueToken(
                revision,
                slash < 0
                        ? ObjectKey.cluster(path)
                        : new ObjectKey(path.substring(0, slash), path.substring(slash + 1)));
    }

    private static int firstIllegal(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean legal =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!legal) {
                return i;
            }
        }
        return token.length();
    }
}
