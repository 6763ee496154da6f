package dev.orchestrator.runtime.kubelet.volume;

import java.nio.file.Path;

/**
 * Where the volumes are of a kubelet whose pods are taken up again after its end.
 *
 * @param disk the directory of those on the disk; they live as long as their pods
 * @param memoryName the name, below the directory of the system for such files, of those in memory, unlike that of any
 *     other kubelet; they live until the kubelet is closed
 */
public record LastingVolumes(Path disk, String memoryName) {}
