package dev.orchestrator.benchmarks.etcd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;

/**
 * Puts values of the size of a pod into etcd over one channel, by 1, 16 and 100 clients that each wait for their
 * answer, and prints the puts a second. Arguments: seconds for each, bytes of a value.
 */
final class EtcdPuts {

    private static final int[] CLIENTS = {1, 16, 100};

    private EtcdPuts() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(arguments[0]);
        var value = ByteSequence.from(new byte[Integer.parseInt(arguments[1])]);
        try (var server = new EtcdServer();
                Client client = Client.builder().endpoints(server.endpoint()).build()) {
            var numbers = new AtomicLong();
            // Warm-up, which also waits for the election.
            puts(client, value, numbers, CLIENTS[2], Math.min(seconds, 3));
            for (int clients : CLIENTS) {
                System.out.println("@ puts." + clients + " " + puts(client, value, numbers, clients, seconds));
            }
        }
    }

    private static double puts(Client client, ByteSequence value, AtomicLong numbers, int clients, int seconds)
            throws InterruptedException {
        var kv = client.getKVClient();
        var done = new AtomicLong();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            long end = begin + TimeUnit.SECONDS.toNanos(seconds);
            var results = executor.invokeAll(IntStream.range(0, clients)
                    .mapToObj(number -> Executors.callable(() -> {
                        while (System.nanoTime() < end) {
                            kv.put(key(numbers.incrementAndGet()), value).join();
                            done.incrementAndGet();
                        }
                    }))
                    .toList());
            for (var result : results) {
                result.get();
            }
            return done.get() * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a put failed", e);
        }
    }

    private static ByteSequence key(long number) {
        return ByteSequence.from("/registry/pods/default/web-" + number, StandardCharsets.UTF_8);
    }
}
