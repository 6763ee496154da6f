package dev.orchestrator.docker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What of the machine says where engines are.
 *
 * @param variables the environment variables
 * @param home the user's home
 * @param root what absolute paths of usual sockets are below; {@code /} but in tests
 */
record Surroundings(Map<String, String> variables, Path home, Path root) {

    static Surroundings ofThisProcess() {
        return new Surroundings(System.getenv(), Path.of(System.getProperty("user.home", "/")), Path.of("/"));
    }

    /** {@return a variable; empty when it is not set} */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** {@return the same with another value of a variable} */
    Surroundings with(String name, String value) {
        var changed = new HashMap<>(variables);
        changed.put(name, value);
        return new Surroundings(Map.copyOf(changed), home, root);
    }

    /** {@return the folder of the docker CLI's configuration} */
    Path configuration() {
        String configured = variable("DOCKER_CONFIG");
        return configured.isEmpty() ? home.resolve(".docker") : Path.of(configured);
    }
}
