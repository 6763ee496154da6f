package dev.orchestrator.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.discovery.ServedKinds;
import dev.orchestrator.server.discovery.Version;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Sockets;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;
import dev.orchestrator.server.identity.Gate;
import dev.orchestrator.server.resource.AccessQuestions;
import dev.orchestrator.server.resource.CustomWarnings;
import dev.orchestrator.server.resource.FirstAutoscalers;
import dev.orchestrator.server.resource.MetricsApi;
import dev.orchestrator.server.resource.PodActions;
import dev.orchestrator.server.resource.Resources;
import dev.orchestrator.server.stream.PodStreams;
import dev.orchestrator.server.stream.Proxy;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNullElse;

/** Finds out who asks and for what, and turns every failure into a {@code Status}. */
final class Front extends Handler.Abstract implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final Set<String> ABOUT_THE_PROCESS = Set.of("healthz", "livez", "readyz", "version");

    private final Gate gate;
    private final ServedKinds kinds;
    private final Resources resources;
    private final FirstAutoscalers firstAutoscalers;
    private final MetricsApi metrics;
    private final PodStreams streams;
    private final PodActions actions;
    private final Proxy proxy;
    private final AccessQuestions questions;
    private final Executor threads;

    /**
     * Answers for a cluster.
     *
     * @param threads where requests are served that may have to wait
     */
    Front(ServedCluster cluster, Access access, Sockets sockets, Executor threads) {
        super(InvocationType.NON_BLOCKING);
        this.threads = threads;
        this.gate = access.gate();
        this.kinds = new ServedKinds(cluster.store());
        this.questions = new AccessQuestions(cluster, access.reviews(), access.tokens());
        this.resources = new Resources(cluster, access.authorizer(), sockets);
        this.metrics = new MetricsApi(cluster);
        this.firstAutoscalers = new FirstAutoscalers(cluster, resources);
        this.streams = new PodStreams(cluster, sockets);
        this.actions = new PodActions(cluster);
        this.proxy = new Proxy(cluster);
    }

    @Override
    public void close() {
        streams.close();
        proxy.close();
        resources.close();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var call = new Call(request, response, callback);
        if (isQuick(call)) {
            serve(call);
        } else {
            threads.execute(() -> serve(call));
        }
        return true;
    }

    /** {@return whether the request reads one object, which never waits: not worth a thread} */
    private static boolean isQuick(Call call) {
        if (!call.method().equals("GET") || call.hasBody() || call.isSet("watch")) {
            return false;
        }
        Target target = Target.parse(call.segments());
        return target != null && target.name() != null && target.subresource() == null && !MetricsApi.concerns(target);
    }

    private void serve(Call call) {
        try {
            answer(call);
            call.end();
        } catch (ApiException refused) {
            refuse(call, refused);
        } catch (UncheckedIOException | IOException gone) {
            call.fail(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            call.fail(stopped);
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed", call.method(), call.path(), bug);
            refuse(call, ApiException.of(ApiException.Reason.INTERNAL_ERROR, "Internal error occurred: " + bug));
        }
    }

    private static void refuse(Call call, ApiException refused) {
        if (call.isAnswered()) {
            call.fail(refused);
            return;
        }
        try {
            call.json(refused.status().code(), Statuses.tree(refused.status()));
            call.end();
        } catch (UncheckedIOException gone) {
            call.fail(gone);
        }
    }

    private void answer(Call call) throws IOException, InterruptedException {
        call.setHeader("Cache-Control", "no-cache, private");
        Optional<String> complaint = gate.enter(call);
        List<String> path = call.segments();
        if (complaint.isPresent()) {
            call.text(500, "Internal Server Error: " + GoText.quote(call.path()) + ": " + complaint.get() + "\n");
        } else if (!path.isEmpty() && ABOUT_THE_PROCESS.contains(path.getFirst())) {
            answerOpen(call, path);
        } else if (!answerAboutItself(call, path) && !answerAboutObjects(call, path)) {
            call.text(404, "404 page not found\n");
        }
    }

    private static void answerOpen(Call call, List<String> path) {
        if (!isRead(call)) {
            throw Statuses.methodNotAllowed();
        }
        if (path.getFirst().equals("version")) {
            if (path.size() == 1) {
                call.json(200, Version.tree());
            } else {
                call.text(404, "404 page not found\n");
            }
        } else {
            call.text(200, call.parameter("verbose") == null ? "ok" : verbose(path.getFirst()));
        }
    }

    private static String verbose(String check) {
        return "[+]ping ok\n[+]store ok\n" + check + " check passed\n";
    }

    private static boolean isRead(Call call) {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }

    private boolean answerAboutItself(Call call, List<String> path) {
        return isRead(call) && kinds.answer(call, path);
    }

    private boolean answerAboutObjects(Call call, List<String> path) throws IOException, InterruptedException {
        Target target = Target.parse(path);
        if (target != null && FirstAutoscalers.concerns(target)) {
            firstAutoscalers.serve(call, target);
            return true;
        }
        if (target != null && MetricsApi.concerns(target)) {
            return metrics.serve(call, target);
        }
        Optional<Served> served = target == null ? Optional.empty() : kinds.find(target.apiVersion(), target.plural());
        if (target == null || served.isEmpty()) {
            return false;
        }
        ResourceType<?> type = served.get().type();
        CustomWarnings.ofVersion(type).ifPresent(call::warn);
        if (target.namespace() != null && !type.isNamespaced()) {
            return false;
        }
        if (ReviewTypes.all().contains(type)) {
            questions.review(call, type, target);
            return true;
        }
        if (target.name() == null) {
            resources.collection(call, type, target);
            return true;
        }
        if (type.isNamespaced() && target.namespace() == null) {
            return false;
        }
        return target.subresource() == null ? object(call, type, target) : part(call, served.get(), target);
    }

    private <R extends Resource> boolean object(Call call, ResourceType<R> type, Target target)
            throws IOException, InterruptedException {
        resources.object(call, type, target);
        return true;
    }

    private boolean part(Call call, Served served, Target target) throws IOException, InterruptedException {
        String name = requireNonNullElse(target.subresource(), "");
        boolean isProxy = name.equals("proxy");
        boolean known = (isProxy || target.rest().isEmpty())
                && served.subresources().stream().anyMatch(part -> part.name().equals(name));
        if (!known) {
            throw Statuses.noSuchResource();
        }
        Subresource part = Resources.part(name);
        boolean isPod = served.type().equals(ResourceTypes.POD);
        if (isProxy) {
            proxy.serve(call, target);
        } else if (isPod && PodStreams.PARTS.contains(name)) {
            streams.serve(call, Resources.key(target), name);
        } else if (isPod && PodActions.PARTS.contains(name)) {
            actions.serve(call, Resources.key(target), name);
        } else if (name.equals("token")) {
            questions.token(call, Resources.key(target));
        } else if (part != null) {
            resources.part(call, served.type(), target, part);
        } else {
            resources.scale(call, served.type(), target);
        }
        return true;
    }
}
