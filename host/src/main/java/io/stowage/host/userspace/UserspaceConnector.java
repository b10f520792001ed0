package io.stowage.host.userspace;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ConnectorKind;
import io.stowage.host.export.DeviceBusy;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.export.Exporter;
import io.stowage.host.iscsi.IscsiInitiator;
import io.stowage.host.loop.LoopExporter;
import io.stowage.host.nvme.HostIdentity;
import io.stowage.host.nvme.NvmeHost;
import io.stowage.host.nvme.NvmeOptions;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Attaches units through our own initiator of one protocol and shows them as block devices. The devices outlive this
 * process as long as the exporter's holder waits; the sessions are carried on by the next one.
 */
public final class UserspaceConnector implements Connector {
    private final Protocol protocol;
    private final Initiator initiator;
    private final Exporter exporter;
    private final Map<String, UserspaceDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A connector out of its two halves; both are closed with it. */
    public UserspaceConnector(Protocol protocol, Initiator initiator, Exporter exporter) {
        this.protocol = protocol;
        this.initiator = initiator;
        this.exporter = exporter;
    }

    /**
     * The connectors of a server installation, one for each protocol, over one exporter.
     *
     * @param folder where they keep what they must know after a restart; one process at a time
     * @param server the UUID of the installation, from which the initiators' names are made
     * @param holderTimeout how long I/O waits for a successor once this process has died
     */
    public static List<Connector> open(Path folder, UUID server, Duration holderTimeout) throws IOException {
        Initiator iscsi = IscsiInitiator.of(iscsiName(server), folder.resolve("iscsi"), InitiatorOptions.DEFAULT);
        Initiator nvme = NvmeHost.of(
                HostIdentity.of(server), folder.resolve("nvme"), InitiatorOptions.DEFAULT, NvmeOptions.DEFAULT);
        Exporter exporter = new SharedExporter(LoopExporter.open(folder, holderTimeout), new AtomicInteger(2));
        return List.of(
                new UserspaceConnector(Protocol.ISCSI, iscsi, exporter),
                new UserspaceConnector(Protocol.NVME_TCP, nvme, exporter));
    }

    /** The iSCSI initiator's name of a server installation. */
    public static String iscsiName(UUID server) {
        return "iqn.2026-11.io.stowage:" + server;
    }

    @Override
    public ConnectorKind kind() {
        return ConnectorKind.USERSPACE;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public String initiatorName() {
        return initiator.name();
    }

    @Override
    public List<String> missing() {
        return LoopExporter.refusal().stream().toList();
    }

    @Override
    public List<String> listed(List<Portal> portals) {
        return initiator.listed(portals);
    }

    @Override
    public AttachedDevice attach(AttachRequest request) throws IOException {
        synchronized (locks.computeIfAbsent(request.key(), key -> new Object())) {
            UserspaceDevice present = devices.get(request.key());
            if (present != null) {
                return present;
            }
            RemoteUnit unit = initiator.open(request);
            ExportedDevice exported;
            try {
                exported = exporter.export(request.key(), unit);
            } catch (IOException | RuntimeException e) {
                initiator.close(unit);
                throw e;
            }
            UserspaceDevice device = new UserspaceDevice(this, initiator, unit, exported);
            devices.put(request.key(), device);
            if (device.takenOver()) {
                // What the predecessor acknowledged is kept nowhere now, should the array lose its cache.
                unit.flush();
                exported.resized(); // it may have grown while nobody was there
            }
            return device;
        }
    }

    void forget(UserspaceDevice device) {
        devices.remove(device.key(), device);
    }

    @Override
    public List<AttachedDevice> attached() {
        return List.copyOf(devices.values());
    }

    @Override
    public Set<String> leftBehind() throws IOException {
        return exporter.leftBehind();
    }

    @Override
    public void abandon(String key) throws IOException {
        exporter.abandon(key);
    }

    @Override
    public void detachAll() throws IOException {
        List<String> busy = new ArrayList<>();
        IOException failed = null;
        for (UserspaceDevice device : List.copyOf(devices.values())) {
            try {
                device.detach();
            } catch (DeviceBusy e) {
                busy.add(device.path().toString());
            } catch (IOException e) {
                failed = e;
            }
        }
        if (!busy.isEmpty()) {
            throw new DeviceBusy("Still mounted or open: " + String.join(", ", busy));
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** The exports first: what can't be finished stays unanswered for the successor, and is no I/O error. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (var leaving = Executors.newVirtualThreadPerTaskExecutor()) {
            devices.values().forEach(device -> leaving.execute(device::leave));
        }
        exporter.close();
        initiator.close();
    }
}
