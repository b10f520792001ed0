package io.stowage.host.userspace;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ConnectorKind;
import io.stowage.host.export.DeviceBusy;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.export.Exporter;
import io.stowage.host.iscsi.Initiator;
import io.stowage.host.iscsi.InitiatorOptions;
import io.stowage.host.iscsi.IscsiUnit;
import io.stowage.host.loop.LoopExporter;
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

/**
 * Attaches iSCSI units through our own initiator and shows them as block devices. One per folder at a time. The
 * devices outlive this process as long as the exporter's holder waits; the sessions are reinstated by the next one.
 */
public final class UserspaceIscsiConnector implements Connector {
    private final Initiator initiator;
    private final Exporter exporter;
    private final Map<String, UserspaceDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** A connector out of its two halves; both are closed with it. */
    public UserspaceIscsiConnector(Initiator initiator, Exporter exporter) {
        this.initiator = initiator;
        this.exporter = exporter;
    }

    /**
     * The connector of a server installation.
     *
     * @param folder where it keeps what it must know after a restart
     * @param server the UUID of the installation, from which the initiator's name is made
     * @param holderTimeout how long I/O waits for a successor once this process has died
     */
    public static UserspaceIscsiConnector open(Path folder, UUID server, Duration holderTimeout) throws IOException {
        return new UserspaceIscsiConnector(
                new Initiator(nameOf(server), folder.resolve("iscsi"), InitiatorOptions.DEFAULT),
                LoopExporter.open(folder, holderTimeout));
    }

    /** The initiator's name of a server installation. */
    public static String nameOf(UUID server) {
        return "iqn.2026-11.io.stowage:" + server;
    }

    @Override
    public ConnectorKind kind() {
        return ConnectorKind.USERSPACE;
    }

    @Override
    public Protocol protocol() {
        return Protocol.ISCSI;
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
    public AttachedDevice attach(AttachRequest request) throws IOException {
        synchronized (locks.computeIfAbsent(request.key(), key -> new Object())) {
            UserspaceDevice present = devices.get(request.key());
            if (present != null) {
                return present;
            }
            IscsiUnit unit = initiator.open(request);
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

    /** The exporter first: what it can't finish stays unanswered for the successor, and is no I/O error. */
    @Override
    public void close() {
        exporter.close();
        initiator.close();
    }
}
