package dev.orchestrator.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection that no longer speaks HTTP. */
final class RawLink extends AbstractConnection implements Connection.UpgradeTo, Link {

    private static final int BUFFER = 32 * 1024;

    private final ReentrantLock sending = new ReentrantLock();
    private final Use use;
    private final String name;
    private byte[] early = new byte[0];

    RawLink(EndPoint endPoint, Executor executor, Use use, String name) {
        super(endPoint, executor);
        this.use = use;
        this.name = name;
    }

    @Override
    public void onUpgradeTo(ByteBuffer leftOver) {
        early = BufferUtil.toArray(leftOver);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        Thread.ofVirtual().name(name).start(this::serve);
        if (early.length > 0 && !isTaken(early)) {
            return;
        }
        fillInterested();
    }

    private void serve() {
        try {
            use.serve(this);
        } catch (IOException gone) {
            getEndPoint().close(gone);
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void onFillable() {
        try {
            ByteBuffer buffer = BufferUtil.allocate(BUFFER);
            int filled = getEndPoint().fill(buffer);
            while (filled > 0) {
                if (!isTaken(BufferUtil.toArray(buffer))) {
                    return;
                }
                BufferUtil.clear(buffer);
                filled = getEndPoint().fill(buffer);
            }
            if (filled < 0) {
                use.gone();
            } else {
                fillInterested();
            }
        } catch (IOException broken) {
            getEndPoint().close(broken);
        }
    }

    private boolean isTaken(byte[] bytes) {
        try {
            use.received(bytes);
            return true;
        } catch (IOException refused) {
            getEndPoint().close(refused);
            return false;
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException, InterruptedException {
        sending.lockInterruptibly();
        try {
            var sent = new Callback.Completable();
            getEndPoint().write(sent, ByteBuffer.wrap(bytes));
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e.getCause());
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        use.gone();
    }
}
