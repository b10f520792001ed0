package io.stowage.array.core;

import java.net.InetSocketAddress;

/** Counts what one session of an initiator reads and writes, until it is closed. */
public final class Meter implements AutoCloseable {
    private final Meters all;
    private final Path path;
    private final Traffic traffic = new Traffic();

    /**
     * Between whom the session is.
     *
     * @param initiator IQN or NQN, in lower case
     * @param portal as the front end listens there
     */
    record Path(String initiator, InetSocketAddress portal) {}

    Meter(Meters all, Path path) {
        this.all = all;
        this.path = path;
    }

    /** A read of this unit was carried out. */
    public void read(LogicalUnit unit, long bytes, long nanos) {
        traffic.read(bytes, nanos);
        unit.traffic().read(bytes, nanos);
    }

    /** A write to this unit was carried out. */
    public void wrote(LogicalUnit unit, long bytes, long nanos) {
        traffic.wrote(bytes, nanos);
        unit.traffic().wrote(bytes, nanos);
    }

    Path path() {
        return path;
    }

    Load load() {
        return traffic.total();
    }

    @Override
    public void close() {
        all.close(this);
    }
}
