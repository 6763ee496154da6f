package dev.orchestrator.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** What a program, or a command executed in a container, sees of it. */
final class ProcessContext implements ContainerContext {

    private final Container container;
    private final @Nullable ProgramProcess process;

    /** Creates the view of a main process, or that of a command in a container whose process has none: null. */
    ProcessContext(Container container, @Nullable ProgramProcess process) {
        this.container = container;
        this.process = process;
    }

    Container container() {
        return container;
    }

    @Override
    public String namespace() {
        return container.sandbox().spec().namespace();
    }

    @Override
    public String podName() {
        return container.sandbox().spec().podName();
    }

    @Override
    public String containerName() {
        return container.spec().name();
    }

    @Override
    public String image() {
        return container.spec().image();
    }

    @Override
    public String nodeName() {
        return container.sandbox().node().name();
    }

    @Override
    public String hostname() {
        return container.sandbox().spec().hostname();
    }

    @Override
    public String podIp() {
        return container.sandbox().ip();
    }

    @Override
    public int attempt() {
        return container.spec().attempt();
    }

    @Override
    public Map<String, String> env() {
        var env = new HashMap<String, String>();
        env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        env.put("HOSTNAME", hostname());
        env.putAll(container.spec().env());
        return Map.copyOf(env);
    }

    @Override
    public List<String> command() {
        return container.spec().command();
    }

    @Override
    public List<String> args() {
        return container.spec().args();
    }

    /** {@return a path of the container made absolute} */
    String absolute(String path) {
        String workingDir = container.spec().workingDir();
        return path.startsWith("/") ? path : (workingDir == null ? "" : workingDir) + "/" + path;
    }

    @Override
    public Path path(String path) {
        try {
            return container.files().locate(absolute(path));
        } catch (IOException e) {
            throw new UncheckedIOException("path " + path + " of container " + container.id(), e);
        }
    }

    @Override
    public InputStream in() {
        return container.stdin().input();
    }

    @Override
    public PrintStream out() {
        return container.log().printStream(LogLine.Stream.STDOUT);
    }

    @Override
    public PrintStream err() {
        return container.log().printStream(LogLine.Stream.STDERR);
    }

    @Override
    public void terminationMessage(String text) throws IOException {
        Files.writeString(path(container.spec().terminationMessagePath()), text);
    }

    // Network

    @Override
    public ServerSocket listen(int port) throws IOException {
        return container.sandbox().ports().listen(container, port);
    }

    @Override
    public DatagramSocket listenUdp(int port) throws IOException {
        return container.sandbox().ports().listenUdp(container, port);
    }

    @Override
    public ContainerServer serveHttp(int port, HttpHandler handler) throws IOException {
        return drained(HttpServer.open(container, port, requireNonNull(handler, "handler is null")));
    }

    @Override
    public ContainerServer serveTcp(int port, ConnectionHandler handler) throws IOException {
        requireNonNull(handler, "handler is null");
        return drained(ConnectionServer.open(container, port, connection -> handler.handle(connection.socket())));
    }

    private ContainerServer drained(ContainerServer server) {
        if (process != null) {
            process.drainAtStop(server);
        }
        return server;
    }

    @Override
    public Socket connect(String host, int port) throws IOException {
        InetSocketAddress address = resolve(host, port);
        var resources = container.resources();
        var gate = container.gate();
        var socket = new ContainerSocket(gate, resources);
        try {
            gate.pass();
            socket.connect(address);
            resources.add(socket);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress resolve(String host, int port) throws UnknownHostException {
        return resolve(host, port, TransportProtocol.TCP);
    }

    @Override
    public InetSocketAddress resolveUdp(String host, int port) throws UnknownHostException {
        return resolve(host, port, TransportProtocol.UDP);
    }

    private InetSocketAddress resolve(String host, int port, TransportProtocol protocol) throws UnknownHostException {
        var own = ownAddress(host, port, protocol);
        if (own.isPresent()) {
            return own.get();
        }
        return container
                .sandbox()
                .cluster()
                .context()
                .resolve(namespace(), host, port, protocol)
                .orElseThrow(() -> new UnknownHostException(host + ":" + port));
    }

    private Optional<InetSocketAddress> ownAddress(String host, int port, TransportProtocol protocol)
            throws UnknownHostException {
        boolean own = host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals(hostname())
                || host.equals(podIp());
        try {
            return own ? container.sandbox().hostAddress(port, protocol) : Optional.empty();
        } catch (IOException e) {
            var unknown = new UnknownHostException(host + ":" + port);
            unknown.initCause(e);
            throw unknown;
        }
    }

    @Override
    public URI resolve(URI uri) throws UnknownHostException {
        String host = requireNonNull(uri.getHost(), "uri has no host");
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        InetSocketAddress address = resolve(host, uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String authority = address.getAddress().getHostAddress() + ":" + address.getPort();
        return URI.create(uri.getScheme() + "://" + authority + path + query);
    }

    // Time and life

    @Override
    public TimeSource time() {
        return container.time();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Activity.current(container.time()).sleep(duration);
    }

    @Override
    public int awaitStop() throws InterruptedException {
        if (process != null) {
            return process.awaitStop();
        }
        while (!Thread.interrupted()) {
            Activity.pauseCurrent();
            LockSupport.park(this);
        }
        throw new InterruptedException("the container has ended");
    }

    @Override
    public boolean isStopping() {
        return process == null ? container.resources().isClosed() : process.isStopping();
    }

    @Override
    public void onSignal(String signal, SignalHandler handler) {
        String name = Signals.named(signal);
        if (name.equals(Signals.KILL)) {
            throw new IllegalArgumentException("signal SIGKILL: can not be handled");
        }
        if (process != null) {
            process.onSignal(name, requireNonNull(handler, "handler is null"));
        }
    }

    @Override
    public void ignoreSignal(String signal) {
        onSignal(signal, ProgramProcess.IGNORE);
    }

    @Override
    public Thread start(String name, Task task) {
        var activity = new Activity(container.time());
        return start(name, activity, activity::resume, task);
    }

    /** Starts a thread that does not count as work until it has slept for the first time. */
    static void serve(Container container, String name, Task task) {
        new ProcessContext(container, null).start(name, new Activity(container.time()), () -> {}, task);
    }

    private Thread start(String name, Activity activity, Runnable atOnce, Task task) {
        var resources = container.resources();
        Thread thread = Thread.ofVirtual()
                .name("container/" + container.label() + "/" + name)
                .unstarted(() -> {
                    activity.bind();
                    try {
                        task.run();
                    } catch (Exception e) {
                        if (!resources.isClosed()) {
                            e.printStackTrace(err());
                        }
                    } finally {
                        resources.leave();
                        activity.end();
                    }
                });
        resources.start(thread, atOnce);
        return thread;
    }

    @Override
    public void command(String name, ContainerCommand command) {
        container.commands().put(name, requireNonNull(command, "command is null"));
    }
}
