package dev.orchestrator.runtime.codec;

/**
 * The JSON {@code null} in a tree, so that no map or list of a tree ever holds a Java null.
 *
 * <p>A tree is made of {@code Map<String, Object>}, {@code List<Object>}, String, Long, BigInteger, Double, Boolean and
 * this.
 */
public enum JsonNull {
    /** The one null. */
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
