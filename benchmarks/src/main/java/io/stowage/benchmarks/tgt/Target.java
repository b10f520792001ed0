package io.stowage.benchmarks.tgt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A target with one unit of {@link #BYTES}, served by a process of its own. */
interface Target extends AutoCloseable {
    long BYTES = 512L << 20;

    String name();

    /** {@code ADDRESS:PORT}. */
    String portal();

    String iqn();

    int lun();

    long pid();

    /** The processor time that its process has taken so far, in ticks of 10 ms. proc(5), fields utime and stime. */
    default long ticks() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void close();
}
