package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import org.jspecify.annotations.Nullable;

/**
 * What only one object at a time may have: the cluster IPs and node ports of services. Admission refuses what is taken;
 * here two writes are told apart that were admitted at the same moment. Used with the store's lock held.
 */
@SuppressWarnings("ReferenceEquality") // An entry is its object's place: the same instance is the same object.
final class Claims {

    private static final String HEADLESS = "None";

    private final Map<String, Entry> holders = new HashMap<>();

    /** {@return whether nobody but the given entry has anything of what an object claims} */
    boolean areFree(Resource object, @Nullable Entry own) {
        for (String claim : of(object)) {
            Entry holder = holders.get(claim);
            if (holder != null && holder != own) {
                return false;
            }
        }
        return true;
    }

    void add(Entry entry, Resource object) {
        of(object).forEach(claim -> holders.put(claim, entry));
    }

    void remove(Entry entry, Resource object) {
        of(object).forEach(claim -> holders.remove(claim, entry));
    }

    private static List<String> of(Resource object) {
        if (!(object instanceof Service service)) {
            return List.of();
        }
        var claims = new ArrayList<String>();
        for (String ip : service.spec().clusterIPs()) {
            if (!ip.equals(HEADLESS)) {
                claims.add(ip);
            }
        }
        for (ServicePort port : service.spec().ports()) {
            if (port.nodePort() != 0) {
                claims.add(String.valueOf(port.nodePort()));
            }
        }
        return claims;
    }
}
