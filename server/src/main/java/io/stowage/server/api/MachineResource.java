package io.stowage.server.api;

import com.sun.management.OperatingSystemMXBean;
import io.stowage.web.Response;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** {@code GET /1.0/resources}: totals of processors and memory; no devices are listed. */
final class MachineResource {
    private final ServerInfo info;

    MachineResource(ServerInfo info) {
        this.info = info;
    }

    void addTo(Router router) {
        router.get("/1.0/resources", _ -> get());
    }

    private Response get() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var total = machine.getTotalMemorySize();
        return Envelope.sync(Map.of(
                "cpu",
                Map.of(
                        "architecture", info.architecture(),
                        "sockets", List.of(),
                        "total", machine.getAvailableProcessors()),
                "memory",
                Map.of(
                        "nodes",
                        List.of(),
                        "hugepages_total",
                        0,
                        "hugepages_used",
                        0,
                        "hugepages_size",
                        0,
                        "used",
                        total - machine.getFreeMemorySize(),
                        "total",
                        total),
                "gpu",
                none("cards"),
                "network",
                none("cards"),
                "storage",
                none("disks"),
                "usb",
                none("devices"),
                "pci",
                none("devices"),
                "system",
                Map.of()));
    }

    private static Map<String, Object> none(String what) {
        return Map.of(what, List.of(), "total", 0);
    }
}
