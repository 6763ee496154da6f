package dev.orchestrator.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.handle.LogSource;
import dev.orchestrator.runtime.serving.ServedCluster;
import org.jspecify.annotations.Nullable;

/** An orchestrator that tells when a log that was opened through it is closed. */
final class ProbedCluster {

    private final CountDownLatch logClosed = new CountDownLatch(1);
    private final Orchestrator orchestrator;

    ProbedCluster(Orchestrator real) {
        orchestrator = (Orchestrator) Proxy.newProxyInstance(
                ProbedCluster.class.getClassLoader(),
                new Class<?>[] {Orchestrator.class, ServedCluster.class},
                (proxy, method, arguments) -> probed(call(real, method, arguments)));
    }

    private @Nullable Object probed(@Nullable Object answer) {
        return switch (answer) {
            case ContainerAccess containers ->
                Proxy.newProxyInstance(
                        ProbedCluster.class.getClassLoader(),
                        new Class<?>[] {ContainerAccess.class},
                        (proxy, method, arguments) -> probed(call(containers, method, arguments)));
            case LogSource log -> new Probe(log);
            case null, default -> answer;
        };
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private final class Probe implements LogSource {

        private final LogSource log;

        Probe(LogSource log) {
            this.log = log;
        }

        @Override
        public @Nullable Line next() throws InterruptedException {
            return log.next();
        }

        @Override
        public void close() {
            log.close();
            logClosed.countDown();
        }
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    CountDownLatch logClosed() {
        return logClosed;
    }
}
