package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

import dev.orchestrator.api.ServiceHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;

/** A stored service. */
final class StoredService extends StoredObject<Service, ServiceHandle> implements ServiceHandle {

    private static final int HTTPS = 443;

    StoredService(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.SERVICE, key);
    }

    @Override
    ServiceHandle self() {
        return this;
    }

    @Override
    public URI uri() {
        return uri(port(any -> true, "a port"));
    }

    @Override
    public URI uri(int port) {
        return uri(numbered(port));
    }

    private URI uri(ServicePort port) {
        InetSocketAddress address = address(port);
        boolean secure = port.port() == HTTPS || "https".equals(port.name()) || "https".equals(port.appProtocol());
        return URI.create(
                (secure ? "https://" : "http://") + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public InetSocketAddress address() {
        return address(port(any -> true, "a port"));
    }

    @Override
    public InetSocketAddress address(int port) {
        return address(numbered(port));
    }

    @Override
    public InetSocketAddress address(String portName) {
        return address(port(port -> portName.equals(port.name()), "a port named " + portName));
    }

    private ServicePort numbered(int number) {
        return port(port -> port.port() == number, "port " + number);
    }

    private ServicePort port(Predicate<ServicePort> wanted, String what) {
        return get().spec().ports().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("service " + key() + " does not have " + what));
    }

    private InetSocketAddress address(ServicePort port) {
        try {
            return context.services()
                    .find(key(), port)
                    .orElseThrow(() -> new IllegalStateException(
                            "service " + key() + " has no address of its own: it is headless or external"));
        } catch (IOException noPort) {
            throw new UncheckedIOException("service " + key() + ": port " + port.port() + " can not be opened", noPort);
        }
    }

    @Override
    public ServiceHandle setSelector(Map<String, String> labels) {
        return edit(service -> ServiceBuilder.builder(service)
                .spec(ServiceSpecBuilder.builder(service.spec())
                        .selector(labels)
                        .build())
                .build());
    }

    @Override
    public ServiceHandle awaitReady(Duration timeout) throws InterruptedException {
        Service service = get();
        long start = System.nanoTime();
        new Waiter<>(context, ResourceTypes.ENDPOINTS, key(), ResourceTypes.SERVICE)
                .await("for a ready endpoint", endpoints -> Verdict.of(isReady(endpoints)), timeout);
        context.services()
                .awaitKnown(PodOwners.pods(context.store(), service), timeout.minusNanos(System.nanoTime() - start));
        return this;
    }

    private static boolean isReady(Endpoints endpoints) {
        return endpoints.subsets().stream()
                .anyMatch(subset -> !subset.addresses().isEmpty());
    }
}
