package io.stowage.engine.fake;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ConnectorKind;
import io.stowage.host.connector.UnitMissing;
import io.stowage.host.export.DeviceBusy;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A connector whose devices are on the {@link FakeHost}. */
final class FakeConnector implements Connector {
    private final FakeStore store;
    private final FakeHost host;
    private final Faults faults;
    private final String initiator;

    FakeConnector(FakeStore store, FakeHost host, Faults faults, String initiator) {
        this.store = store;
        this.host = host;
        this.faults = faults;
        this.initiator = initiator;
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
        return initiator;
    }

    @Override
    public List<String> missing() {
        return List.of();
    }

    private <T> T io(String name, Supplier<T> work) throws IOException {
        try {
            return faults.host(name, work);
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }

    @Override
    public List<String> listed(List<Portal> portals) {
        return List.of();
    }

    @Override
    public AttachedDevice attach(AttachRequest request) throws IOException {
        return io("attach", () -> {
            FakeStore.@Nullable Unit unit = store.find(initiator, request.unit());
            if (unit == null || !unit.identity().naa().equals(request.identity().designator())) {
                throw new UncheckedIOException(new UnitMissing("There is no unit " + request.unit()));
            }
            FakeHost.Device device = host.devices.computeIfAbsent(request.key(), key -> new FakeHost.Device(key, unit));
            boolean takenOver = host.attachedNow.add(request.key());
            return new Attached(device, takenOver);
        });
    }

    private final class Attached implements AttachedDevice {
        private final FakeHost.Device device;
        private final boolean takenOver;

        Attached(FakeHost.Device device, boolean takenOver) {
            this.device = device;
            this.takenOver = takenOver;
        }

        @Override
        public String key() {
            return device.key();
        }

        @Override
        public Path path() {
            return device.path();
        }

        @Override
        public long size() {
            return device.unit().size.bytes();
        }

        @Override
        public boolean takenOver() {
            return takenOver;
        }

        @Override
        public void grow(long newSize) throws IOException {
            io("growDevice", () -> newSize);
        }

        @Override
        public void detach() throws IOException {
            io("detach", () -> {
                if (host.isMounted(device.path())) {
                    throw new UncheckedIOException(new DeviceBusy(device.path() + " is mounted"));
                }
                host.devices.remove(device.key());
                host.closed.remove(device.path());
                host.attachedNow.remove(device.key());
                return device;
            });
        }
    }

    @Override
    public List<AttachedDevice> attached() {
        return host.attachedNow.stream()
                .map(key -> host.devices.get(key))
                .filter(device -> device != null)
                .map(device -> (AttachedDevice) new Attached(device, false))
                .toList();
    }

    @Override
    public Set<String> leftBehind() {
        return host.devices.keySet().stream()
                .filter(key -> !host.attachedNow.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void abandon(String key) throws IOException {
        if (leftBehind().contains(key)) {
            io("abandon", () -> {
                FakeHost.@Nullable Device device = host.devices.remove(key);
                return device == null ? key : device.key();
            });
        }
    }

    @Override
    public void detachAll() throws IOException {
        for (AttachedDevice device : attached()) {
            device.detach();
        }
    }

    @Override
    public void close() {
        host.attachedNow.clear();
    }
}
