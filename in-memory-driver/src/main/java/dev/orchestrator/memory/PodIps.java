package dev.orchestrator.memory;

import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the virtual addresses of pods, from 10.244.0.1 up to 10.255.255.254: 780,000 of them. It goes round, so
 * that an address given back is the last to be used again.
 */
final class PodIps {

    private static final int FIRST = (10 << 24) | (244 << 16);
    private static final int COUNT = 12 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet used = new BitSet();
    private int next;

    int take() {
        lock.lock();
        try {
            for (int tried = 0; tried < COUNT; tried++) {
                next = (next + 1) % COUNT;
                int last = next & 0xff;
                if (last != 0 && last != 0xff && !used.get(next)) {
                    used.set(next);
                    return FIRST + next;
                }
            }
            throw new IllegalStateException("all " + COUNT + " pod addresses are in use");
        } finally {
            lock.unlock();
        }
    }

    void giveBack(int address) {
        lock.lock();
        try {
            used.clear(address - FIRST);
        } finally {
            lock.unlock();
        }
    }

    int inUse() {
        lock.lock();
        try {
            return used.cardinality();
        } finally {
            lock.unlock();
        }
    }

    static String text(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
