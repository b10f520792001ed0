package io.stowage.host.holder;

import io.stowage.host.fuse.FuseControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system that must not outlive its server.
 *
 * @param pid the server's process
 * @param connection the number of its FUSE connection
 */
record Guard(long pid, int connection) {
    /** Where the flags stand behind the command's name in /proc/PID/stat (proc(5), field 9). */
    private static final int FLAGS = 6;

    /** PF_EXITING (linux/sched.h). */
    private static final int EXITING = 0x4;

    /**
     * Whether the server has died. Its first thread exits as soon as it was killed, while another, or that one itself in
     * closing what was open, may go on waiting for I/O.
     */
    boolean isOfTheDead() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[FLAGS]) & EXITING) != 0;
        } catch (IOException e) {
            return true; // no such process any more
        }
    }

    void abort() {
        try {
            FuseControl.abort(connection);
        } catch (IOException e) {
            System.err.println("holder: connection " + connection + " can't be aborted: " + e.getMessage());
        }
    }
}
