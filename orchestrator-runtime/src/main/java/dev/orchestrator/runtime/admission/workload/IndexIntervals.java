package dev.orchestrator.runtime.admission.workload;

/** Reads lists of indexes such as {@code 0,2-4}. */
final class IndexIntervals {

    private IndexIntervals() {}

    /**
     * {@return how many indexes a list names}
     *
     * @throws IllegalArgumentException if it is malformed or not ascending; the message is Kubernetes'
     */
    static int count(String list, int completions) {
        if (list.isEmpty()) {
            return 0;
        }
        int total = 0;
        int last = -1;
        for (String interval : list.split(",", -1)) {
            String[] ends = interval.split("-", -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException("the fragment \"" + interval
                        + "\" violates the requirement that an index interval can have at most two parts separated by"
                        + " '-'");
            }
            int low = index(ends[0], completions);
            int high = ends.length == 1 ? low : index(ends[1], completions);
            if (ends.length == 2 && low >= high) {
                throw new IllegalArgumentException("non-increasing order, previous: " + low + ", current: " + high);
            }
            if (low <= last) {
                throw new IllegalArgumentException("non-increasing order, previous: " + last + ", current: " + low);
            }
            total += high - low + 1;
            last = high;
        }
        return total;
    }

    private static int index(String text, int completions) {
        int index;
        try {
            index = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "cannot convert string to integer for index: \"" + text + "\"", notANumber);
        }
        if (index >= completions) {
            throw new IllegalArgumentException("too large index: \"" + text + "\"");
        }
        return index;
    }
}
