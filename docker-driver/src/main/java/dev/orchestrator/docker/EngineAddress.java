package dev.orchestrator.docker;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Where an engine listens.
 *
 * @param text the address as it was given
 * @param socket the UNIX-domain socket; null for TCP
 * @param host the host; empty for a socket
 * @param port the port; 0 for a socket
 * @param tls how the connection is secured; null if it is not
 */
record EngineAddress(
        String text,
        @Nullable Path socket,
        String host,
        int port,
        @Nullable Tls tls) {

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * How a connection is secured.
     *
     * @param certificates the directory that holds {@code ca.pem}, {@code cert.pem} and {@code key.pem}
     * @param isVerified whether the engine must prove who it is
     */
    record Tls(Path certificates, boolean isVerified) {}

    /**
     * {@return the address that a text names, as {@code DOCKER_HOST} and contexts write it}
     *
     * @throws IllegalArgumentException if it is none that can be spoken to
     */
    static EngineAddress of(String text, @Nullable Tls tls) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "unix" -> new EngineAddress(text, Path.of(text.substring(colon + 3)), "", 0, null);
            case "tcp", "http", "https" -> tcp(text, scheme.equals("https"), tls);
            default ->
                throw new IllegalArgumentException(
                        "engine address " + text + ": only unix://, tcp://, http:// and https:// are spoken");
        };
    }

    private static EngineAddress tcp(String text, boolean isSecure, @Nullable Tls tls) {
        URI uri = URI.create(text);
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("engine address " + text + ": it names no host");
        }
        if (isSecure && tls == null) {
            throw new IllegalArgumentException("engine address " + text + ": no certificates are known for it");
        }
        int standard = tls == null ? PLAIN_PORT : TLS_PORT;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new EngineAddress(text, null, bare, uri.getPort() < 0 ? standard : uri.getPort(), tls);
    }

    static EngineAddress ofSocket(Path socket) {
        return new EngineAddress("unix://" + socket, socket, "", 0, null);
    }

    /** {@return whether the engine publishes the ports of containers on this machine's loopback} */
    boolean isOnLoopback() {
        if (socket != null) {
            return true;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
