package io.stowage.tests.arena;

import java.util.ArrayList;
import java.util.List;

/** A driver and a protocol: what every scenario is run with. */
public enum Combination {
    PURE_ISCSI(Vendor.PURE, Protocol.ISCSI),
    PURE_NVME(Vendor.PURE, Protocol.NVME),
    ALLETRA_ISCSI(Vendor.ALLETRA, Protocol.ISCSI),
    ALLETRA_NVME(Vendor.ALLETRA, Protocol.NVME);

    private final Vendor vendor;
    private final Protocol protocol;

    Combination(Vendor vendor, Protocol protocol) {
        this.vendor = vendor;
        this.protocol = protocol;
    }

    public Vendor vendor() {
        return vendor;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** As pools name it. */
    public String driver() {
        return vendor.driver();
    }

    /** The keys, as {@code KEY=VALUE}, of a pool that lies on this array. */
    public List<String> poolSettings(ArrayInABox array) {
        List<String> settings = new ArrayList<>();
        vendor.access(array.endpoint(vendor)).forEach((key, value) -> settings.add(key + "=" + value));
        settings.add(vendor.key(Vendor.Key.MODE) + "=" + protocol.mode());
        return settings;
    }

    @Override
    public String toString() {
        return driver() + " over " + protocol.mode();
    }
}
