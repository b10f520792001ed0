package io.stowage.array.wsapi.system;

import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.ApiVersion;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Sessions;
import io.stowage.web.json.Json;
import java.net.InetSocketAddress;
import java.util.List;

/** {@code /system}, {@code /wsapiconfiguration} and {@code /capacity} (section 3). */
public final class SystemCalls {
    private static final long MIB = 1 << 20;
    private static final int CHUNKLET_MIB = 1024;

    /** cinder asks for these by name. */
    private static final List<String> LICENSES = List.of(
            "Thin Provisioning (102400G)",
            "Dynamic Optimization",
            "Virtual Copy",
            "Priority Optimization",
            "Online Import",
            "System Reporter",
            "Virtual Domains");

    private final Estate estate;
    private final Identity identity;
    private final InetSocketAddress management;
    private final Sessions sessions;

    /** @param management where the API listens */
    public SystemCalls(Estate estate, Identity identity, InetSocketAddress management, Sessions sessions) {
        this.estate = estate;
        this.identity = identity;
        this.management = management;
        this.sessions = sessions;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "system", this::system),
                new Endpoint("GET", "wsapiconfiguration", this::configuration),
                new Endpoint("GET", "capacity", this::capacity));
    }

    private Answer system(Call call) {
        var space = estate.usage().ofArray();
        var json = Json.object()
                .put("id", identity.number())
                .put("name", "stowage-" + identity.serialNumber())
                .put("systemVersion", "10.4.0")
                .put("IPv4Addr", management.getAddress().getHostAddress())
                .put("model", "HPE Alletra 9060")
                .put("serialNumber", identity.serialNumber())
                .put("totalNodes", 2)
                .put("masterNode", 0);
        json.putArray("onlineNodes").add(0).add(1);
        json.putArray("clusterNodes").add(0).add(1);
        json.put("chunkletSizeMiB", CHUNKLET_MIB)
                .put("totalCapacityMiB", space.capacity() / MIB)
                .put("allocatedCapacityMiB", Math.ceilDiv(space.used(), MIB))
                .put("freeCapacityMiB", space.free() / MIB)
                .put("failedCapacityMiB", 0)
                .put("location", "")
                .put("owner", "")
                .put("contact", "")
                .put("comment", "")
                .put("timeZone", "UTC");
        var licenses = json.putObject("licenseInfo").putArray("licenses");
        LICENSES.forEach(name -> licenses.addObject().put("name", name));
        return Answer.of(json);
    }

    private Answer configuration(Call call) {
        var version = ApiVersion.USUAL;
        return Answer.of(Json.object()
                .put("httpState", "Disabled")
                .put("httpPort", 8008)
                .put("httpsState", "Enabled")
                .put("httpsPort", management.getPort())
                .put("version", version.major() + "." + version.minor() + "." + version.revision())
                .put("sessionsInUse", sessions.count())
                .put("systemResourceUsage", sessions.limit()));
    }

    private Answer capacity(Call call) {
        var space = estate.usage().ofArray();
        var json = Json.object();
        json.set("allCapacity", Capacity.of(space));
        json.set("FCCapacity", Capacity.none());
        json.set("NLCapacity", Capacity.none());
        json.set("SSDCapacity", Capacity.of(space));
        return Answer.of(json);
    }
}
