package dev.orchestrator.runtime.store;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes uids and the random part of generated names: two streams of one seed, without a lock. */
final class Identifiers {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    /** Leaves room for the random part in a name of 63 characters. */
    private static final int LONGEST_BASE = 58;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final AtomicLong counter = new AtomicLong();
    private final long first;
    private final long second;

    Identifiers(long seed) {
        this.first = mix(seed);
        this.second = mix(seed ^ GOLDEN);
    }

    String uid() {
        long n = counter.getAndIncrement() * GOLDEN;
        long high = (mix(first + n) & ~0xF000L) | 0x4000L;
        long low = (mix(second + n) & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    String name(String base) {
        long random = mix((first ^ second) + counter.getAndIncrement() * GOLDEN) >>> 1;
        int length = Math.min(base.length(), LONGEST_BASE);
        char[] name = new char[length + SUFFIX];
        base.getChars(0, length, name, 0);
        for (int i = length; i < name.length; i++) {
            name[i] = ALPHABET.charAt((int) (random % ALPHABET.length()));
            random /= ALPHABET.length();
        }
        return new String(name);
    }

    // The finalizer of SplitMix64: spreads neighbouring numbers over all bits.
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
