package dev.orchestrator.docker;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the engine, used by one exchange at a time; whoever is interrupted while using it closes it. */
final class Connection implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BUFFER = 16 << 10;

    private final EngineAddress address;
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private @Nullable SSLSocket tls;
    private InputStream in = new ChannelInput();
    private OutputStream out = new ChannelOutput();
    private volatile boolean expired;

    private Connection(EngineAddress address, SocketChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /** {@return a connection that is yet to be made} */
    static Connection prepare(EngineAddress address) throws IOException {
        return new Connection(
                address,
                address.socket() == null ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    void connect(@Nullable SSLContext security) throws IOException {
        Path socket = address.socket();
        try {
            if (socket != null) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return;
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
            if (security != null) {
                secure(security);
            }
        } catch (ClosedChannelException e) {
            throw explained(e);
        }
    }

    private void secure(SSLContext security) throws IOException {
        var socket = (SSLSocket)
                security.getSocketFactory().createSocket(channel.socket(), address.host(), address.port(), true);
        if (address.tls() != null && address.tls().isVerified()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        tls = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    boolean isConnected() {
        return channel.isConnected();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Signals the end of what is sent; what comes can still be read. */
    void endOutput() throws IOException {
        SSLSocket secured = tls;
        if (secured != null) {
            secured.shutdownOutput();
        } else {
            channel.shutdownOutput();
        }
    }

    /** {@return whether the engine has not closed this while it was idle} */
    boolean isFresh() {
        if (tls != null || buffer.hasRemaining()) {
            // What can not be known without reading is not used a second time.
            return false;
        }
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes this because its time is over: what waits for it fails with {@link SocketTimeoutException}. */
    void expire() {
        expired = true;
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("connection to {} is not closed in order", address, e);
        }
    }

    private IOException explained(ClosedChannelException closed) {
        if (expired) {
            var late = new SocketTimeoutException("the engine did not answer in time");
            late.initCause(closed);
            return late;
        }
        return closed;
    }

    private final class ChannelInput extends InputStream {

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, count);
            return count;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            buffer.clear();
            int count = -1;
            try {
                count = channel.read(buffer);
            } catch (ClosedChannelException e) {
                throw explained(e);
            } finally {
                buffer.position(0).limit(Math.max(0, count));
            }
            return count > 0;
        }
    }

    private final class ChannelOutput extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
            try {
                while (source.hasRemaining()) {
                    channel.write(source);
                }
            } catch (ClosedChannelException e) {
                throw explained(e);
            }
        }
    }
}
