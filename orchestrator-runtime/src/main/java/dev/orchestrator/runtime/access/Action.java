package dev.orchestrator.runtime.access;

/**
 * What somebody would like to do.
 *
 * @param verb what, such as {@code list}; for paths the HTTP method in lower case
 * @param group the API group of the resource
 * @param resource the plural name; empty when it is about a path
 * @param subresource the part of the resource; empty for the whole
 * @param namespace the namespace; empty for all, and for resources of the cluster
 * @param name the object; empty for all, and when it is not known yet
 * @param path the path, when it is not about a resource
 */
public record Action(
        String verb, String group, String resource, String subresource, String namespace, String name, String path) {

    /** {@return something to be done with a resource as a whole} */
    public static Action on(String verb, String group, String resource, String namespace, String name) {
        return new Action(verb, group, resource, "", namespace, name, "");
    }

    /** {@return something to be done with a path that is no resource} */
    public static Action onPath(String verb, String path) {
        return new Action(verb, "", "", "", "", "", path);
    }

    /** {@return whether it is about a resource, not a path} */
    public boolean isOnResource() {
        return !resource.isEmpty();
    }

    /** {@return the resource and its part, as rules name them} */
    String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** {@return what a user is told who may not do it, without what was asked for} */
    String refusal(User user) {
        String who = "User \"" + user.name() + "\" cannot " + verb;
        if (!isOnResource()) {
            return who + " path \"" + path + "\"";
        }
        String what = who + " resource \"" + fullResource() + "\" in API group \"" + group + "\"";
        return namespace.isEmpty() ? what + " at the cluster scope" : what + " in the namespace \"" + namespace + "\"";
    }
}
