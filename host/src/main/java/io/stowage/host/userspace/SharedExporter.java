package io.stowage.host.userspace;

import io.stowage.host.export.BlockSource;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.export.Exporter;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An exporter that several connectors use: the last of them closes it. What earlier processes left is everybody's, as
 * nobody knows whose it was.
 *
 * @param users how many have not closed it yet
 */
record SharedExporter(Exporter shared, AtomicInteger users) implements Exporter {
    @Override
    public ExportedDevice export(String key, BlockSource source) throws IOException {
        return shared.export(key, source);
    }

    @Override
    public Set<String> leftBehind() throws IOException {
        return shared.leftBehind();
    }

    @Override
    public void abandon(String key) throws IOException {
        shared.abandon(key);
    }

    /** To be called once by each user. */
    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            shared.close();
        }
    }
}
