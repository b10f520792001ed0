package io.stowage.host.userspace;

import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.host.transfer.ExtentMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A unit of our initiator behind a device of our exporter. */
final class UserspaceDevice implements AttachedDevice {
    private final UserspaceConnector connector;
    private final Initiator initiator;
    private final RemoteUnit unit;
    private final ExportedDevice exported;
    private boolean detached; // guarded by this

    UserspaceDevice(UserspaceConnector connector, Initiator initiator, RemoteUnit unit, ExportedDevice exported) {
        this.connector = connector;
        this.initiator = initiator;
        this.unit = unit;
        this.exported = exported;
    }

    @Override
    public String key() {
        return exported.key();
    }

    @Override
    public Path path() {
        return exported.path();
    }

    @Override
    public long size() {
        return unit.size();
    }

    @Override
    public Optional<ExtentMap> data() {
        return Optional.of(unit::stored);
    }

    @Override
    public boolean takenOver() {
        return exported.takenOver();
    }

    @Override
    public void keep() {
        exported.keep();
    }

    @Override
    public synchronized void grow(long newSize) throws IOException {
        initiator.awaitSize(unit, newSize);
        exported.resized();
    }

    void leave() {
        exported.leave();
    }

    @Override
    public synchronized void detach() throws IOException {
        if (detached) {
            return;
        }
        exported.remove();
        initiator.close(unit);
        detached = true;
        connector.forget(this);
    }
}
