package io.stowage.array.namespace;

import io.stowage.nvme.log.ErrorEntry;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last commands of a controller that ended badly. Base 2.0, section 5.16.1.2. */
final class ErrorLog {
    static final int ENTRIES = 64;

    private final Deque<ErrorEntry> entries = new ArrayDeque<>(); // the newest first; guarded by this
    private long count; // guarded by this

    synchronized void add(int queue, FailedCommand command) {
        count++;
        entries.addFirst(new ErrorEntry(
                count,
                queue,
                command.id(),
                command.status().field(),
                ErrorEntry.NOWHERE,
                command.block(),
                command.namespace()));
        if (entries.size() > ENTRIES) {
            entries.removeLast();
        }
    }

    synchronized long count() {
        return count;
    }

    /** The log page. */
    synchronized ByteBuffer page() {
        ByteBuffer page = ByteBuffer.allocate(ENTRIES * ErrorEntry.BYTES);
        entries.forEach(entry -> entry.write(page));
        return page.clear();
    }
}
