package io.stowage.host.loop;

import io.stowage.host.export.DeviceBusy;
import io.stowage.host.fuse.FuseControl;
import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A loop device of the machine, by losetup(8). Loop devices are shared by everybody: one is ours if
 * its backing file has our inode number.
 *
 * @param path such as {@code /dev/loop3}
 */
record LoopDevice(Path path) {
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Makes a free loop device carry the file, past the page cache. */
    static LoopDevice attach(Path file) throws IOException {
        Command attach = Command.of("losetup", "--find", "--show", "--direct-io=on", file.toString());
        for (int attempt = 1; ; attempt++) {
            Command.Result result = attach.run();
            if (result.succeeded()) {
                return writable(new LoopDevice(Path.of(result.output().strip())));
            }
            // Another program may take the device between its being found and being set up.
            if (attempt == ATTEMPTS || !result.complaint().contains("busy")) {
                throw attach.failure(result);
            }
            pause(PAUSE);
        }
    }

    /** The kernel keeps it for the next file that a device was made read-only for another one before. */
    private static LoopDevice writable(LoopDevice device) throws IOException {
        device.setWritable(true);
        return device;
    }

    private void setWritable(boolean writable) throws IOException {
        Command.of("blockdev", writable ? "--setrw" : "--setro", path.toString())
                .runOrThrow();
    }

    private boolean isReadOnly() {
        try {
            return Files.readString(sysfs().resolve("ro")).strip().equals("1");
        } catch (IOException e) {
            return false; // removed from the machine
        }
    }

    /** Whether the backing file has this inode number. Asks the file's server, which must be there. */
    boolean carries(long inode) throws IOException {
        return isAttached() && Optional.of(Long.toUnsignedString(inode)).equals(backingInode());
    }

    /**
     * Whether the device carries the image with this inode number, or one that has no name and is dead, which is the
     * same to who has it written down that it is his.
     */
    boolean carriesOrIsDead(long inode) throws IOException {
        if (!isAttached()) {
            return false;
        }
        Optional<String> found = backingInode();
        return found.map(Long.toUnsignedString(inode)::equals).orElseGet(this::isNameless);
    }

    /** Empty when the backing file doesn't answer. */
    private Optional<String> backingInode() throws IOException {
        Command.Result result = Command.of(
                        "losetup", "--list", "--noheadings", "--raw", "--output", "BACK-INO", path.toString())
                .withDeadline(ANSWER)
                .run();
        return Optional.of(result.output().strip()).filter(inode -> !inode.isEmpty() && !inode.equals("0"));
    }

    private boolean isNameless() {
        try {
            return Files.readString(sysfs().resolve("loop/backing_file"))
                    .strip()
                    .equals("/");
        } catch (IOException e) {
            return false; // detached meanwhile
        }
    }

    /** The loop device whose backing file has this inode number. Asks the servers of all loop devices. */
    static Optional<LoopDevice> carrying(long inode) throws IOException {
        String wanted = Long.toUnsignedString(inode);
        return Command.of("losetup", "--list", "--noheadings", "--raw", "--output", "NAME,BACK-INO")
                .runOrThrow()
                .output()
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(columns -> columns.length == 2 && columns[1].equals(wanted))
                .map(columns -> new LoopDevice(Path.of(columns[0])))
                .findFirst();
    }

    /**
     * Ends I/O on the device at once, whoever serves it or waits for it.
     *
     * @param inode of the image: nothing happens when the device carries something else by now
     */
    void abort(long inode) throws IOException {
        String line = Command.of(
                        "losetup",
                        "--list",
                        "--noheadings",
                        "--raw",
                        "--output",
                        "BACK-INO,BACK-MAJ:MIN",
                        path.toString())
                .withDeadline(ANSWER)
                .run() // a file system that is dead already has no answer
                .output();
        // losetup pads the device number with blanks, which its raw format writes as four characters.
        String[] columns = line.replace("\\x20", "").strip().split("[ :]", -1);
        // An image's device number has major number 0, and the connection's number as its minor.
        if (columns.length == 3 && columns[0].equals(Long.toUnsignedString(inode)) && columns[1].equals("0")) {
            FuseControl.abort(Integer.parseInt(columns[2]));
        }
    }

    /** Makes the device as large as its file is now. */
    void followSize() throws IOException {
        Command.of("losetup", "--set-capacity", path.toString()).runOrThrow();
    }

    /** Bytes, as the kernel has it. */
    long size() throws IOException {
        return Long.parseLong(Files.readString(sysfs().resolve("size")).strip()) * 512;
    }

    /**
     * Gives the loop device back, writable again: the next program that takes it may not look (BLKROSET outlives the file).
     *
     * @throws DeviceBusy somebody has it open; it is given back when that ends
     */
    void detach() throws IOException {
        boolean readOnly = isReadOnly();
        if (readOnly) {
            setWritable(true);
        }
        try {
            release();
        } catch (DeviceBusy e) {
            if (readOnly) {
                setWritable(false);
            }
            throw e;
        }
    }

    /** After a file that went by itself, with the last program that had the device open. */
    void giveBack() throws IOException {
        if (!isAttached() && isReadOnly()) {
            setWritable(true);
        }
    }

    private void release() throws IOException {
        String mine = sequence();
        Command detach = Command.of("losetup", "--detach", path.toString());
        Command.Result result = detach.run();
        // With the device open elsewhere losetup succeeds, and the kernel detaches at the last close.
        // A short look from outside (udev, blkid) is no reason to complain.
        long end = System.nanoTime() + LINGER.toNanos();
        // Another one may carry another file with it at once: that is no sign that this one is still there.
        while (isAttached() && sequence().equals(mine)) {
            if (!result.succeeded()) {
                throw detach.failure(result);
            }
            if (System.nanoTime() > end) {
                throw new DeviceBusy("Cannot take away " + path + ": a program has it open");
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** Whether the device carries a file at all. */
    boolean isAttached() {
        return Files.exists(sysfs().resolve("loop"));
    }

    /** Another number each time that a file is attached (Linux 5.15); empty where the kernel doesn't tell. */
    private String sequence() {
        try {
            return Files.readString(sysfs().resolve("diskseq"));
        } catch (IOException e) {
            return "";
        }
    }

    private Path sysfs() {
        return Path.of("/sys/block").resolve(path.getFileName());
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for a loop device", e);
        }
    }
}
