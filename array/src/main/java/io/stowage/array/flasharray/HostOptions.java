package io.stowage.array.flasharray;

import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code personality}, {@code vlan} and {@code preferred_arrays} of hosts: kept and shown. They change nothing here, as
 * one way to serve suits all systems, there are no VLANs, and there is no other array to prefer.
 */
final class HostOptions {
    private static final String PERSONALITY = "personality";
    private static final String VLAN = "vlan";
    private static final String PREFERRED = "preferred_arrays";
    private static final int VLAN_SINCE = 16;

    private static final Set<String> PERSONALITIES =
            Set.of("aix", "esxi", "hitachi-vsp", "hpux", "oracle-vm-server", "solaris", "vms");

    /** 1 to 4094, or one of two words. */
    private static final Pattern VLANS =
            Pattern.compile("any|untagged|[1-9][0-9]{0,2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-4]");

    private HostOptions() {}

    /** The attributes with what the call asks for. */
    static Map<String, String> applied(Objects objects, Map<String, String> attributes, Call call) {
        var body = call.body();
        var changed = new HashMap<>(attributes);
        if (body.has(PERSONALITY)) {
            set(
                    changed,
                    PERSONALITY,
                    body.text(PERSONALITY).filter(value -> !value.isEmpty()).map(HostOptions::known));
        }
        if (body.has(VLAN) && call.version().isAtLeast(VLAN_SINCE)) {
            set(changed, VLAN, body.text(VLAN).map(HostOptions::vlan));
        }
        body.objects(PREFERRED).ifPresent(arrays -> {
            var own = ArraySettings.of(objects).name();
            for (var array : arrays) {
                var name = array.required("name");
                if (!name.equalsIgnoreCase(own)) {
                    throw Refusal.of(name, Wording.ARRAY_MISSING);
                }
            }
            set(changed, PREFERRED, arrays.isEmpty() ? Optional.empty() : Optional.of("local"));
        });
        return changed;
    }

    private static void set(Map<String, String> attributes, String key, Optional<String> value) {
        value.ifPresentOrElse(present -> attributes.put(key, present), () -> attributes.remove(key));
    }

    private static String known(String personality) {
        if (!PERSONALITIES.contains(personality)) {
            throw Refusal.of(Wording.invalidAttribute(PERSONALITY));
        }
        return personality;
    }

    private static String vlan(String vlan) {
        if (!VLANS.matcher(vlan).matches()) {
            throw Refusal.of(Wording.invalidAttribute(VLAN));
        }
        return vlan;
    }

    static void describe(Objects objects, Host host, UUID array, ApiVersion version, ObjectNode item) {
        item.put(PERSONALITY, host.attributes().get(PERSONALITY));
        item.set(PREFERRED, preferred(objects, host, array));
        if (version.isAtLeast(VLAN_SINCE)) {
            item.put(VLAN, host.attributes().getOrDefault(VLAN, "any"));
        }
    }

    private static ArrayNode preferred(Objects objects, Host host, UUID array) {
        var preferred = Json.array();
        if (host.attributes().containsKey(PREFERRED)) {
            preferred.add(References.to(ArraySettings.of(objects).name(), array));
        }
        return preferred;
    }
}
