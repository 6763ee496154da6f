package dev.orchestrator.memory;

import dev.orchestrator.memory.ContainerCommand.Call;

/** stub */
final class Shell {
    private Shell() {}

    static int run(Container container, Call call) throws Exception {
        return 2;
    }
}
