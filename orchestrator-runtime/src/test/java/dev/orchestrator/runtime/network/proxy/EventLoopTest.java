package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class EventLoopTest {

    @Test
    void survivesWhateverAHandlerThrows() throws Exception {
        try (var loop = EventLoop.start("test-loop", 64 * 1024, new ManualClock())) {
            for (Throwable thrown : new Throwable[] {
                new IOException("planted"), new IllegalStateException("planted"), new StackOverflowError("planted")
            }) {
                var handler = new Throwing(thrown);
                Pipe pipe = open(loop, handler);

                assertThat(handler.failed.await(10, TimeUnit.SECONDS)).isTrue();
                pipe.sink().close();
            }

            loop.execute(() -> {
                throw new IllegalStateException("planted");
            });
            var alive = new CountDownLatch(1);
            loop.execute(alive::countDown);

            assertThat(alive.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closesTheChannelsThatAreStillRegistered() throws Exception {
        var loop = EventLoop.start("test-loop", 64 * 1024, new ManualClock());
        var handler = new Throwing(new IOException("planted"));
        Pipe pipe = open(loop, handler);
        assertThat(handler.failed.await(10, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(pipe.source().isOpen()).isFalse();
        pipe.sink().close();
    }

    @Test
    void runsTasksOfLatecomersAfterItHasStopped() throws Exception {
        var loop = EventLoop.start("test-loop", 64 * 1024, new ManualClock());
        loop.close();
        var ran = new AtomicBoolean();

        loop.executeAndAwaitClosing(() -> ran.set(true));

        assertThat(ran).isTrue();
    }

    private static Pipe open(EventLoop loop, ReadyHandler handler) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        loop.executeAndAwaitClosing(() -> {
            try {
                loop.register(pipe.source(), SelectionKey.OP_READ, handler);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
        return pipe;
    }

    private static final class Throwing implements ReadyHandler {
        private final Throwable thrown;
        private final CountDownLatch failed = new CountDownLatch(1);

        Throwing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void ready(int readyOps) throws IOException {
            switch (thrown) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalArgumentException(thrown);
            }
        }

        @Override
        public void failed(Throwable cause) {
            failed.countDown();
        }
    }
}
