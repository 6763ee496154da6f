package dev.orchestrator.runtime.kubelet.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Opens connections for probes and words their failures as Go does. */
final class Dialer {

    private Dialer() {}

    /** A connection that could not be made. */
    static final class DialException extends IOException {

        private static final long serialVersionUID = 1L;

        DialException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static Socket dial(ProbeTarget target, Duration timeout) throws DialException {
        String prefix = "dial tcp " + target + ": ";
        if (target.address() == null) {
            String message = prefix + "connect: connection refused";
            throw new DialException(message, new ConnectException(message));
        }
        // Whatever proxy this JVM uses, a probe goes to the pod itself.
        var socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.connect(target.address(), millis(timeout));
            socket.setSoTimeout(millis(timeout));
            return socket;
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw new DialException(prefix + words(e), e);
        }
    }

    static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }

    private static String words(IOException failure) {
        return switch (failure) {
            case SocketTimeoutException ignored -> "i/o timeout";
            case ConnectException ignored -> "connect: connection refused";
            default -> "connect: " + failure.getMessage();
        };
    }

    private static void closeQuietly(Socket socket, IOException failure) {
        try {
            socket.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
