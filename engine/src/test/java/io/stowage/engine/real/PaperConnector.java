package io.stowage.engine.real;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ConnectorKind;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A connector that only notes what is attached: for tests in which nobody reads or writes. */
final class PaperConnector implements Connector {
    private final Protocol protocol;
    private final String initiator;
    private final Map<String, AttachedDevice> attached = new TreeMap<>();

    PaperConnector(Protocol protocol, String initiator) {
        this.protocol = protocol;
        this.initiator = initiator;
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
        return initiator;
    }

    @Override
    public List<String> missing() {
        return List.of();
    }

    @Override
    public List<String> listed(List<Portal> portals) {
        return List.of();
    }

    @Override
    public synchronized AttachedDevice attach(AttachRequest request) {
        return attached.computeIfAbsent(request.key(), Paper::new);
    }

    @Override
    public synchronized List<AttachedDevice> attached() {
        return List.copyOf(attached.values());
    }

    @Override
    public Set<String> leftBehind() {
        return Set.of();
    }

    @Override
    public void abandon(String key) {
        // There are no earlier lives.
    }

    @Override
    public synchronized void detachAll() {
        attached.clear();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private final class Paper implements AttachedDevice {
        private final String key;

        Paper(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public Path path() {
            return Path.of("/dev/paper", key);
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public boolean takenOver() {
            return false;
        }

        @Override
        public void grow(long newSize) {
            // Paper is patient.
        }

        @Override
        public void detach() {
            synchronized (PaperConnector.this) {
                attached.remove(key);
            }
        }
    }
}
