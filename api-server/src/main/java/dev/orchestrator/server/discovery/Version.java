package dev.orchestrator.server.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/** The version of Kubernetes that the server speaks. */
public final class Version {

    /** The version as git describes it. */
    static final String GIT = "v1.36.0";

    private Version() {}

    /** {@return the answer to {@code /version}} */
    public static Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("major", "1");
        tree.put("minor", "36");
        tree.put("gitVersion", GIT);
        tree.put("gitCommit", "0000000000000000000000000000000000000000");
        tree.put("gitTreeState", "clean");
        tree.put("buildDate", "1970-01-01T00:00:00Z");
        tree.put("goVersion", "none");
        tree.put("compiler", "javac");
        tree.put("platform", "jvm/" + System.getProperty("os.arch"));
        return tree;
    }
}
