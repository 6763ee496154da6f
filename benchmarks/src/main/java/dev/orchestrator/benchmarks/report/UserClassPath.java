package dev.orchestrator.benchmarks.report;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static java.util.stream.Collectors.toSet;

/**
 * The class path of somebody who depends on one of the measured libraries only: a JVM that starts opens every jar there
 * is, and should not open those of the others.
 */
public final class UserClassPath {

    private static final String[] OURS = {"dev.orchestrator.memory", "dev.orchestrator.runtime", "org.slf4j.nop"};
    private static final Set<String> ONLY_OURS = Set.of(
            "dev.orchestrator.api",
            "dev.orchestrator.docker",
            "dev.orchestrator.memory",
            "dev.orchestrator.runtime",
            "com.github.benmanes.caffeine",
            "com.google.common",
            "com.google.common.util.concurrent.internal",
            "org.yaml.snakeyaml");

    private UserClassPath() {}

    /** {@return what our modules need, and nothing else} */
    static String ofOurs() {
        Path[] modules =
                elements().stream().filter(element -> !name(element).isEmpty()).toArray(Path[]::new);
        Configuration needed =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(modules), ModuleFinder.of(), List.of(OURS));
        Set<Path> used = needed.modules().stream()
                .flatMap(module -> module.reference().location().stream())
                .map(Path::of)
                .collect(toSet());
        return joined(elements().stream().filter(used::contains).toList());
    }

    /** {@return everything but what only our modules need} */
    static String ofPeers() {
        return joined(elements().stream()
                .filter(element -> !ONLY_OURS.contains(name(element)))
                .filter(element -> !String.valueOf(element.getFileName()).startsWith("docker-java-"))
                .toList());
    }

    private static List<Path> elements() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .toList();
    }

    /** {@return the name of the module in a jar or folder; empty when it does not say} */
    private static String name(Path element) {
        try {
            return ModuleFinder.of(element).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .filter(descriptor -> !descriptor.isAutomatic())
                    .findFirst()
                    .map(descriptor -> descriptor.name())
                    .orElse("");
        } catch (FindException noModule) {
            return "";
        }
    }

    private static String joined(List<Path> path) {
        var all = new ArrayList<Path>(path);
        Path benchmarks = benchmarks();
        if (!all.contains(benchmarks)) {
            all.addFirst(benchmarks);
        }
        return String.join(File.pathSeparator, all.stream().map(Path::toString).toList());
    }

    private static Path benchmarks() {
        return elements().getFirst();
    }
}
