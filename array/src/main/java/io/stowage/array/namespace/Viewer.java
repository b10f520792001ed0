package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One controller: a host seen through one portal, with the features it has set and the events it hasn't heard yet. May be
 * used by several threads.
 */
public final class Viewer {
    private final Subsystem subsystem;
    private final String hostNqn;
    private final byte[] hostId;
    private final Registrant registrant;
    private final int controllerId;
    private final Path path;
    private final Settings settings = new Settings();
    private final Events events;
    private final ChangedNamespaces changed;
    private final Notifications notifications = new Notifications();
    private final ErrorLog errors = new ErrorLog();

    Viewer(Subsystem subsystem, String hostNqn, byte[] hostId, int controllerId, Path path, Runnable bell) {
        this.subsystem = subsystem;
        this.hostNqn = hostNqn;
        this.hostId = hostId.clone();
        this.registrant = new Registrant(HexFormat.of().formatHex(hostId), 0);
        this.controllerId = controllerId;
        this.path = path;
        this.events = new Events(settings, bell);
        this.changed = new ChangedNamespaces(subsystem.units().visibleTo(hostNqn));
    }

    public Subsystem subsystem() {
        return subsystem;
    }

    public String hostNqn() {
        return hostNqn;
    }

    public int controllerId() {
        return controllerId;
    }

    public Path path() {
        return path;
    }

    /** What reservations know the host by: its identifier, through whatever controller. */
    public Registrant registrant() {
        return registrant;
    }

    /** Takes the next event for an outstanding Asynchronous Event Request; it may be lost with the connection. */
    public Optional<AsyncEvent> nextEvent() {
        return events.next();
    }

    /** Its host is to be told, if it has asked for events of this kind. */
    public void raise(AsyncEvent event) {
        events.raise(event);
    }

    /**
     * Notes a command that ended badly for the error log.
     *
     * @param queue its submission queue, 0 for admin commands
     */
    public void failed(int queue, FailedCommand command) {
        errors.add(queue, command);
    }

    byte[] hostId() {
        return hostId.clone();
    }

    Settings settings() {
        return settings;
    }

    Events events() {
        return events;
    }

    ChangedNamespaces changed() {
        return changed;
    }

    Notifications notifications() {
        return notifications;
    }

    ErrorLog errors() {
        return errors;
    }

    /** What its host may use now, by namespace identifier. */
    NavigableMap<Integer, LogicalUnit> namespaces() {
        return subsystem.units().visibleTo(hostNqn);
    }

    /** The namespace identifiers that stand for a unit: one, or none. */
    Optional<Integer> namespaceOf(LogicalUnit unit) {
        return namespaces().entrySet().stream()
                .filter(entry -> entry.getValue() == unit)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What its host may use has changed. */
    void namespacesChanged() {
        if (changed.look(namespaces())) {
            raise(AsyncEvent.NAMESPACES_CHANGED);
        }
    }

    /** Something about a namespace has changed. */
    void namespaceChanged(int id) {
        changed.add(id);
        raise(AsyncEvent.NAMESPACES_CHANGED);
    }
}
