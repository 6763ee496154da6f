package dev.orchestrator.runtime.network.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BuffersTest {
    private static final int SIZE = 128 * 1024;

    private final Buffers buffers = new Buffers(SIZE);

    @Test
    void keepsALittleInASmallBufferAndALotWithoutACopy() {
        ByteBuffer few = filled(buffers.forStream(), 100);
        ByteBuffer keptFew = buffers.keep(few);
        ByteBuffer many = filled(buffers.forStream(), 100_000);
        ByteBuffer keptMany = buffers.keep(many);

        assertThat(keptFew.remaining()).isEqualTo(100);
        assertThat(keptFew.capacity()).isLessThan(SIZE);
        assertThat(keptMany).isSameAs(many);
        assertThat(buffers.forStream()).isNotSameAs(many);
    }

    @Test
    void reusesWhatIsReleased() {
        ByteBuffer kept = buffers.keep(filled(buffers.forStream(), 100_000));
        buffers.release(kept);

        buffers.keep(filled(buffers.forStream(), 100_000));

        assertThat(buffers.forStream()).isSameAs(kept);
        assertThat(buffers.waiting()).isEqualTo(SIZE);
    }

    @Test
    void readsLessAtOnceWhileMuchIsWaiting() {
        List<ByteBuffer> kept = new ArrayList<>();
        while (buffers.forStream().remaining() == SIZE) {
            kept.add(buffers.keep(filled(buffers.forStream(), SIZE)));
        }

        assertThat(buffers.waiting()).isLessThan(64L << 20);
        assertThat(buffers.forStream().remaining()).isEqualTo(16 * 1024);
        assertThat(buffers.shared().remaining()).isEqualTo(SIZE);

        kept.forEach(buffers::release);

        assertThat(buffers.waiting()).isZero();
        assertThat(buffers.forStream().remaining()).isEqualTo(SIZE);
    }

    private static ByteBuffer filled(ByteBuffer buffer, int count) {
        return buffer.position(count).flip();
    }
}
