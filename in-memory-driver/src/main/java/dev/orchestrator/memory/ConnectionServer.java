package dev.orchestrator.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections to one port of a container and serves each on a virtual thread. */
final class ConnectionServer implements ContainerServer {

    /** How long accepting goes on after nobody has connected, so that nobody is cut off between connect and accept. */
    private static final int LAST_CALL_MILLIS = 5;

    private static final Duration LAST_CALL_AT_MOST = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionServer.class);

    /** Talks to one client; the server closes the connection afterwards. */
    @FunctionalInterface
    interface Service {
        void serve(Connection connection) throws Exception;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Container container;
    private final ServerSocket socket;
    private final int port;
    private final Service service;
    private final Set<Connection> connections = new HashSet<>();
    private volatile boolean draining;
    private volatile int knockPort;
    private boolean accepting = true;

    private ConnectionServer(Container container, ServerSocket socket, int port, Service service) {
        this.container = container;
        this.socket = socket;
        this.port = port;
        this.service = service;
    }

    static ConnectionServer open(Container container, int port, Service service) throws IOException {
        ServerSocket socket = container.sandbox().ports().listen(container, port);
        var server = new ConnectionServer(container, socket, port, service);
        ProcessContext.serve(container, "port-" + port, server::accept);
        return server;
    }

    /** A client's connection. */
    final class Connection {

        private final Socket socket;
        private boolean idle;

        Connection(Socket socket) {
            this.socket = socket;
        }

        Socket socket() {
            return socket;
        }

        /** Says that nothing is being answered now. */
        void idle(boolean now) {
            lock.lock();
            try {
                idle = now;
            } finally {
                lock.unlock();
            }
        }

        /** {@return whether the server takes leave, so that this is the last answer} */
        boolean isLast() {
            return draining;
        }

        private void run() throws Exception {
            try (socket) {
                service.serve(this);
            } finally {
                leave(this);
            }
        }

        private void close() {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a connection failed", e);
            }
        }
    }

    private void accept() throws IOException {
        try {
            long lastCall = 0;
            while (lastCall == 0 || System.nanoTime() - lastCall < LAST_CALL_AT_MOST.toNanos()) {
                Socket client = socket.accept();
                if (draining && client.getPort() == knockPort) {
                    // The queue is in order: whoever connected before the stop has been accepted, however long it took.
                    client.close();
                    socket.setSoTimeout(LAST_CALL_MILLIS);
                    lastCall = System.nanoTime();
                } else {
                    client.setTcpNoDelay(true);
                    var connection = new Connection(client);
                    enter(connection);
                    ProcessContext.serve(container, "connection-" + port, connection::run);
                }
            }
        } catch (SocketTimeoutException e) {
            LOG.trace("nobody connects any more to port {}", port);
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw e;
            }
        } finally {
            socket.close();
            stopAccepting();
        }
    }

    private void enter(Connection connection) {
        lock.lock();
        try {
            connections.add(connection);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Connection connection) {
        lock.lock();
        try {
            connections.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stopAccepting() {
        lock.lock();
        try {
            accepting = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void drain(Duration idleFor) throws InterruptedException {
        knock();
        TimeSource.Timer timer = container.time().schedule(idleFor, this::closeIdle);
        var activity = Activity.current(container.time());
        lock.lockInterruptibly();
        try {
            while (accepting || !connections.isEmpty()) {
                if (!accepting) {
                    activity.pause();
                }
                changed.await();
            }
        } finally {
            activity.resume();
            lock.unlock();
            timer.cancel();
        }
    }

    /** Connects as the last client: when that is accepted, nobody waits any more. */
    private void knock() {
        try (Socket knock = new Socket()) {
            knock.bind(new InetSocketAddress(socket.getInetAddress(), 0));
            knockPort = knock.getLocalPort();
            draining = true;
            knock.connect(socket.getLocalSocketAddress());
        } catch (IOException e) {
            LOG.debug("port {} was closed before it was drained", port);
            closeSocket();
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a port failed", e);
        }
    }

    private void closeIdle() {
        Set<Connection> idle;
        lock.lock();
        try {
            idle = new HashSet<>(connections);
            idle.removeIf(connection -> !connection.idle);
        } finally {
            lock.unlock();
        }
        idle.forEach(Connection::close);
    }

    @Override
    public void close() {
        draining = true;
        Set<Connection> rest;
        lock.lock();
        try {
            rest = new HashSet<>(connections);
        } finally {
            lock.unlock();
        }
        closeSocket();
        rest.forEach(Connection::close);
    }
}
