package dev.orchestrator.samples.guestbook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.orchestrator.memory.ContainerContext;
import dev.orchestrator.memory.ContainerProgram;

/**
 * What runs behind the image {@code guestbook/store}: a list of lines, served over TCP.
 *
 * <p>A client sends {@code ADD text} and gets {@code OK}, or {@code LIST} and gets all lines and a dot. With the
 * argument {@code leader} it takes both; with {@code follower host:port} it copies the leader's lines and takes only
 * {@code LIST}.
 */
final class Store implements ContainerProgram {

    static final int PORT = 6379;
    private static final Duration COPY_EVERY = Duration.ofMillis(100);

    @Override
    public int run(ContainerContext context) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        boolean isLeader = context.args().getFirst().equals("leader");
        context.serveTcp(PORT, client -> serve(client, lines, isLeader));
        context.out().println("listening on " + PORT + " as " + context.args().getFirst());
        if (!isLeader) {
            copy(context, Address.parse(context.args().get(1)), lines);
        }
        return context.awaitStop();
    }

    private static void serve(Socket client, List<String> lines, boolean isLeader) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                var out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                if (request.equals("LIST")) {
                    lines.forEach(out::println);
                    out.println(".");
                } else if (request.startsWith("ADD ") && isLeader) {
                    lines.add(request.substring("ADD ".length()));
                    out.println("OK");
                } else {
                    out.println("ERROR not understood");
                }
            }
        }
    }

    private static void copy(ContainerContext context, Address leader, List<String> lines) throws InterruptedException {
        // The loop ends when the container is asked to stop: sleep is interrupted then.
        while (true) {
            try {
                List<String> all = list(context, leader);
                lines.addAll(all.subList(lines.size(), all.size()));
            } catch (IOException e) {
                context.err().println("leader " + leader + ": " + e.getMessage());
            }
            context.sleep(COPY_EVERY);
        }
    }

    /** {@return all lines that a store holds} */
    static List<String> list(ContainerContext context, Address store) throws IOException {
        try (Socket socket = context.connect(store.host(), store.port());
                var out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            out.println("LIST");
            List<String> lines = new CopyOnWriteArrayList<>();
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) {
                    throw new IOException("closed in the middle of a list");
                }
                lines.add(line);
            }
            return lines;
        }
    }

    /** Adds a line to a leader. */
    static void add(ContainerContext context, Address leader, String text) throws IOException {
        try (Socket socket = context.connect(leader.host(), leader.port());
                var out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            out.println("ADD " + text);
            String answer = in.readLine();
            if (!"OK".equals(answer)) {
                throw new IOException("leader answered " + answer);
            }
        }
    }
}
