package dev.orchestrator.docker;

import java.util.regex.Pattern;

/** Which registry an image comes from, and which of the names in configurations and secrets mean that one. */
final class Registries {

    /** Docker Hub as configurations name it. */
    static final String HUB = "https://index.docker.io/v1/";

    private static final String HUB_HOST = "index.docker.io";

    private Registries() {}

    /** {@return the host, and port if need be, of the registry that an image comes from} */
    static String of(ImageReference image) {
        int slash = image.name().indexOf('/');
        String first = slash < 0 ? "" : image.name().substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost ? canonical(first) : HUB_HOST;
    }

    private static String canonical(String host) {
        return switch (host) {
            case "docker.io", "registry-1.docker.io", "registry.hub.docker.com" -> HUB_HOST;
            default -> host;
        };
    }

    /**
     * {@return whether a login is meant for the registry of an image, by the rules of a kubelet: a host, of which each
     * part may be a pattern such as {@code *}, and perhaps the beginning of a path}
     */
    static boolean isFor(String registry, ImageReference image) {
        String bare = registry.replaceFirst("^https?://", "");
        int slash = bare.indexOf('/');
        String host = canonical(slash < 0 ? bare : bare.substring(0, slash));
        // What Docker's configurations append to a host is no path of images.
        String path = slash < 0
                ? ""
                : bare.substring(slash).replaceFirst("^/v[12]/?$", "").replaceFirst("/$", "");
        return matches(host, of(image)) && (path.isEmpty() || isBelow(path, "/" + repository(image)));
    }

    private static boolean isBelow(String path, String repository) {
        return repository.equals(path) || repository.startsWith(path + "/");
    }

    private static String repository(ImageReference image) {
        boolean isWithHost = !of(image).equals(HUB_HOST) || image.name().contains("docker.io/");
        return isWithHost ? image.name().substring(image.name().indexOf('/') + 1) : image.name();
    }

    private static boolean matches(String pattern, String host) {
        String[] wanted = pattern.split("\\.", -1);
        String[] parts = host.split("\\.", -1);
        if (wanted.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches(Pattern.quote(wanted[i]).replace("*", "\\E.*\\Q"))) {
                return false;
            }
        }
        return true;
    }
}
