package dev.orchestrator.runtime.scheduler.framework;

import java.util.Arrays;

/**
 * How many there are of each small number, such as the slot of a node: a hash table without objects.
 *
 * <p>Neighbouring numbers are neighbours in the table too, and a decision asks a hundred neighbouring nodes. Not
 * thread-safe.
 */
public final class Tally {

    /** Receives what a tally holds. */
    @FunctionalInterface
    public interface Visitor {

        /** Takes one number and how many there are of it, at least one. */
        void visit(int number, int count);
    }

    private static final int INITIAL_CAPACITY = 8;
    private static final int FREE = -1;

    private int[] numbers = new int[INITIAL_CAPACITY];
    private int[] counts = new int[INITIAL_CAPACITY];
    private int used;
    private int total;

    /** Creates an empty tally. */
    public Tally() {
        Arrays.fill(numbers, FREE);
    }

    /** Counts one more; {@return how many there are now} */
    public int add(int number) {
        int index = indexOf(number);
        if (numbers[index] == FREE) {
            numbers[index] = number;
            used++;
        }
        int count = ++counts[index];
        total++;
        if (used * 2 > numbers.length) {
            rehash();
        }
        return count;
    }

    /** Counts one less; {@return how many are left}; none when there was none */
    public int remove(int number) {
        int index = indexOf(number);
        if (numbers[index] != number || counts[index] == 0) {
            return 0;
        }
        total--;
        return --counts[index];
    }

    /** {@return how many there are of a number} */
    public int count(int number) {
        return counts[indexOf(number)];
    }

    /** {@return how many there are of all numbers together} */
    public int total() {
        return total;
    }

    /** Shows every number there is at least one of. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < numbers.length; i++) {
            if (counts[i] > 0) {
                visitor.visit(numbers[i], counts[i]);
            }
        }
    }

    private int indexOf(int number) {
        int mask = numbers.length - 1;
        int index = number & mask;
        while (numbers[index] != number && numbers[index] != FREE) {
            index = (index + 1) & mask;
        }
        return index;
    }

    /** Makes room, without the numbers of which there is none any more. */
    private void rehash() {
        int[] oldNumbers = numbers;
        int[] oldCounts = counts;
        int live = 0;
        for (int count : oldCounts) {
            live += count > 0 ? 1 : 0;
        }
        int capacity = Math.max(INITIAL_CAPACITY, Integer.highestOneBit(Math.max(1, live)) * 4);
        numbers = new int[capacity];
        counts = new int[capacity];
        Arrays.fill(numbers, FREE);
        used = live;
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldCounts[i] > 0) {
                int index = indexOf(oldNumbers[i]);
                numbers[index] = oldNumbers[i];
                counts[index] = oldCounts[i];
            }
        }
    }
}
