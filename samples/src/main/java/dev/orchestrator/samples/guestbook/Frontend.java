package dev.orchestrator.samples.guestbook;

import java.io.IOException;
import java.util.List;

import dev.orchestrator.memory.ContainerContext;
import dev.orchestrator.memory.ContainerProgram;
import dev.orchestrator.memory.HttpCall;
import dev.orchestrator.memory.HttpReply;

/** What runs behind the image {@code guestbook/frontend}: the page, written to the leader, read from the followers. */
final class Frontend implements ContainerProgram {

    private static final int PORT = 8080;

    private final String version;

    Frontend(String version) {
        this.version = version;
    }

    @Override
    public int run(ContainerContext context) throws Exception {
        Address leader = Address.parse(context.env().getOrDefault("LEADER", ""));
        Address followers = Address.parse(context.env().getOrDefault("FOLLOWERS", ""));
        context.serveHttp(PORT, call -> answer(context, leader, followers, call));
        context.out().println("version " + version + " listening on " + PORT);
        return context.awaitStop();
    }

    private HttpReply answer(ContainerContext context, Address leader, Address followers, HttpCall call)
            throws IOException {
        if (call.path().equals("/ready")) {
            return HttpReply.ok("ready");
        }
        if (call.method().equals("POST")) {
            Store.add(context, leader, call.text());
            return HttpReply.ok("written by " + context.podName());
        }
        List<String> entries = Store.list(context, followers);
        return HttpReply.ok("version " + version + ", served by " + context.podName() + ", " + entries.size()
                + " entries: " + entries);
    }
}
