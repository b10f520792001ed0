package io.stowage.array;

import io.stowage.array.fault.BadControl;
import io.stowage.array.fault.Knob;
import io.stowage.array.namespace.Path;
import io.stowage.array.net.Portal;
import io.stowage.array.nvme.NvmeTarget;
import io.stowage.web.json.Json;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How NVMe namespaces are reached through each portal: an object with {@code ADDRESS:PORT} and the state of asymmetric
 * namespace access; portals that aren't named are optimized.
 */
final class AccessKnob implements Knob {
    private final NvmeTarget target;

    AccessKnob(NvmeTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "nvme-access";
    }

    @Override
    public JsonNode value() {
        var value = Json.object();
        for (var portal : target.addresses()) {
            value.put(Portal.text(portal), target.access(portal).text());
        }
        return value;
    }

    @Override
    public void set(JsonNode to) throws BadControl {
        var wanted = new HashMap<InetSocketAddress, Path.Access>();
        target.addresses().forEach(portal -> wanted.put(portal, Path.Access.OPTIMIZED));
        if (to instanceof ObjectNode object) {
            for (var each : object.properties()) {
                wanted.put(portal(each), access(each));
            }
        } else if (!to.isNull()) {
            throw BadControl.invalid(
                    "to",
                    to,
                    "an object such as {\"%s\": \"inaccessible\"}, or null for the usual"
                            .formatted(Portal.text(target.addresses().getFirst())));
        }
        wanted.forEach(target::setAccess);
    }

    private InetSocketAddress portal(Map.Entry<String, JsonNode> setting) throws BadControl {
        for (var portal : target.addresses()) {
            if (Portal.text(portal).equals(setting.getKey())) {
                return portal;
            }
        }
        var known = target.addresses().stream().map(Portal::text).collect(Collectors.joining(", "));
        throw BadControl.invalid(
                "to", Json.text(Json.object().put("portal", setting.getKey())), "a portal: one of " + known);
    }

    private static Path.Access access(Map.Entry<String, JsonNode> setting) throws BadControl {
        var text = Optional.of(setting.getValue()).filter(JsonNode::isString).map(JsonNode::stringValue);
        for (var access : Path.Access.values()) {
            if (text.equals(Optional.of(access.text()))) {
                return access;
            }
        }
        var known = Arrays.stream(Path.Access.values()).map(Path.Access::text).collect(Collectors.joining(", "));
        throw BadControl.invalid(setting.getKey(), setting.getValue(), "one of " + known);
    }
}
