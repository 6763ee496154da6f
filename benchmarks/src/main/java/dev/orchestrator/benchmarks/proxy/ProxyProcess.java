package dev.orchestrator.benchmarks.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.runtime.network.proxy.Endpoint;
import dev.orchestrator.runtime.network.proxy.EndpointId;
import dev.orchestrator.runtime.network.proxy.PortOptions;
import dev.orchestrator.runtime.network.proxy.ProxySettings;
import dev.orchestrator.runtime.network.proxy.ServiceProxy;

/** The service proxy alone in a JVM, from one port to another, until its standard input ends. */
final class ProxyProcess {

    private ProxyProcess() {}

    public static void main(String[] args) throws IOException {
        var from = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        var settings = ProxySettings.defaults()
                .withLoops(Integer.getInteger("loops", 1))
                .withBufferSize(
                        Integer.getInteger("buffer", ProxySettings.defaults().bufferSize()));
        try (var time = new SystemTime();
                var proxy = ServiceProxy.start(settings, time);
                var port = proxy.openTcp(from, PortOptions.defaults())) {
            port.setEndpoints(List.of(Endpoint.ready(new EndpointId("backend"), to)));
            System.in.read();
        }
    }
}
