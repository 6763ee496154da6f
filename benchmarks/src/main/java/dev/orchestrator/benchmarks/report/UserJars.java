package dev.orchestrator.benchmarks.report;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The folders of a class path as the jars that a user has: the JVM finds classes in them otherwise, and archives only
 * those of jars.
 */
final class UserJars {

    private UserJars() {}

    /** {@return the class path with every folder replaced by a jar of it, not compressed as ours are not} */
    static String of(String classPath, Path into) throws IOException {
        Files.createDirectories(into);
        var elements = new ArrayList<String>();
        for (String element : List.of(classPath.split(File.pathSeparator))) {
            var path = Path.of(element);
            if (!Files.isDirectory(path)) {
                elements.add(element);
                continue;
            }
            Path jar = into.resolve(elements.size() + ".jar");
            pack(path, jar);
            elements.add(jar.toString());
        }
        return String.join(File.pathSeparator, elements);
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
                var zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(path);
                var crc = new CRC32();
                crc.update(bytes);
                var entry = new ZipEntry(folder.relativize(path).toString().replace(File.separatorChar, '/'));
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
    }
}
