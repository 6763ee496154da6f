package dev.orchestrator.memory;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;

/** A connection of a container: it stands still while the container is paused or cut off, and closes with it. */
final class ContainerSocket extends Socket {

    private final Gate gate;
    private final Resources resources;

    ContainerSocket(Gate gate, Resources resources) throws SocketException {
        // Without an implementation of its own it takes that of the accepted connection instead of copying it.
        super((SocketImpl) null);
        this.gate = gate;
        this.resources = resources;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                gate.pass();
                int read = super.read();
                gate.receive();
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                gate.pass();
                int read = super.read(buffer, offset, length);
                gate.receive();
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                gate.pass();
                out.write(value);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                gate.pass();
                out.write(buffer, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        resources.remove(this);
        super.close();
    }
}
