package dev.orchestrator.runtime.kubelet.probe;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Asks whether a port takes connections. */
public final class TcpProbe {

    private TcpProbe() {}

    /** {@return what a connection to the target says} */
    public static ProbeAnswer run(ProbeTarget target, Duration timeout) {
        Socket socket;
        try {
            socket = Dialer.dial(target, timeout);
        } catch (Dialer.DialException e) {
            return ProbeAnswer.failure(String.valueOf(e.getMessage()));
        }
        try {
            socket.close();
            return ProbeAnswer.success("");
        } catch (IOException e) {
            // The connection stood; that it did not close cleanly says nothing about the container.
            return ProbeAnswer.success(String.valueOf(e.getMessage()));
        }
    }
}
