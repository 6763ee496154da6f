package dev.orchestrator.server.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client has gone while nothing is being sent to it. HTTP reads nothing from a connection while it
 * answers, so the end of the connection would be seen only by the next thing that is sent.
 */
final class ClientWatch implements Callback, Call.Watching {

    private final EndPoint endPoint;
    private final Runnable gone;
    private final AtomicBoolean over = new AtomicBoolean();

    ClientWatch(EndPoint endPoint, Runnable gone) {
        this.endPoint = endPoint;
        this.gone = gone;
    }

    void begin() {
        // Somebody else reads: then that is who notices.
        endPoint.tryFillInterested(this);
    }

    @Override
    public void succeeded() {
        if (over.get()) {
            return;
        }
        try {
            // A client that speaks before it has its answer does not wait for that answer.
            if (endPoint.fill(BufferUtil.allocate(1)) == 0) {
                begin();
                return;
            }
        } catch (IOException broken) {
            endPoint.close(broken);
        }
        end();
    }

    @Override
    public void failed(Throwable cause) {
        end();
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            gone.run();
        }
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true) && endPoint instanceof AbstractEndPoint open && open.isFillInterested()) {
            open.getFillInterest().onFail(new IOException("nobody watches any more"));
        }
    }
}
