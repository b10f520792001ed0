package io.stowage.host.loop;

import io.stowage.host.export.BlockSource;
import io.stowage.host.export.DeviceBusy;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.export.Exporter;
import io.stowage.host.fuse.FuseConnection;
import io.stowage.host.fuse.FuseDisk;
import io.stowage.host.fuse.Geometry;
import io.stowage.host.holder.HolderLink;
import io.stowage.system.Command;
import io.stowage.system.Errno;
import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Exports block sources as loop devices. All it must know after a restart is in its folder and with
 * the holder. One per folder and machine at a time: the caller sees to that. Thread-safe.
 */
public final class LoopExporter implements Exporter {
    private static final System.Logger LOG = System.getLogger(LoopExporter.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path devices;
    private final HolderLink holder;
    private final ConcurrentMap<String, LoopExport> exports = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    private LoopExporter(Path devices, HolderLink holder) {
        this.devices = devices;
        this.holder = holder;
    }

    /**
     * Opens the exporter of a state folder.
     *
     * @param folder made when absent; its path should be short, as a unix socket is made in it
     * @param holderTimeout how long I/O on the devices waits for a successor once this process has died
     */
    public static LoopExporter open(Path folder, Duration holderTimeout) throws IOException {
        Path devices = Files.createDirectories(folder.toAbsolutePath().resolve("devices"));
        uncover(devices);
        String classPath = System.getProperty("java.class.path");
        return new LoopExporter(devices, HolderLink.open(folder, holderTimeout, classPath));
    }

    /** Why this machine can't export devices, in one sentence; empty if it can. */
    public static Optional<String> refusal() {
        if (!Files.isWritable(Path.of("/dev/fuse"))) {
            return Optional.of("The user-space connector needs /dev/fuse, which is missing or not writable");
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return Optional.of("The user-space connector needs loop devices, and /dev/loop-control is missing");
        }
        if (Command.find("losetup").isEmpty()) {
            return Optional.of("The user-space connector needs the program \"losetup\" (package util-linux)");
        }
        return Optional.empty();
    }

    // A server that died between mount and detach has left its images covering the records.
    private static void uncover(Path devices) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] fields = line.split(" ", -1);
            Path covered = Path.of(fields[4].replace("\\040", " "));
            if (line.contains(" fuse.stowage ") && devices.equals(covered.getParent())) {
                detach(covered);
            }
        }
    }

    private static void detach(Path image) throws SystemError {
        try {
            Libc.unmount(image, Libc.MNT_DETACH);
        } catch (SystemError e) {
            if (e.errno() != Errno.EINVAL) { // not a mount any more
                throw e;
            }
        }
    }

    @Override
    public ExportedDevice export(String key, BlockSource source) throws IOException {
        DeviceRecord record = DeviceRecord.of(devices, key);
        synchronized (lockOf(key)) {
            if (exports.containsKey(key)) {
                throw new IllegalStateException("The device " + key + " is exported already");
            }
            LoopExport export = takeOver(record, source);
            if (export == null) {
                clear(record);
                export = begin(record, source);
            }
            exports.put(key, export);
            return export;
        }
    }

    /**
     * Serves first and looks afterwards: the kernel may ask the image's server for what a look at the loop device shows,
     * and that waits until somebody serves.
     */
    private @Nullable LoopExport takeOver(DeviceRecord record, BlockSource source) throws IOException {
        Optional<Geometry> geometry = record.read();
        Optional<LoopDevice> loop = record.loop();
        if (geometry.isEmpty()
                || !geometry.get().resends()
                || loop.isEmpty()
                || !loop.get().isAttached()) {
            return null;
        }
        FuseDisk disk = null;
        try {
            Optional<Integer> descriptor = holder.fetch(record.key());
            if (descriptor.isEmpty()) {
                return null;
            }
            disk = carryOn(record, source, FuseConnection.adopt(descriptor.get()), geometry.get());
            if (!loop.get().carries(geometry.get().inode())) {
                throw new IOException("it carries something else");
            }
            LOG.log(System.Logger.Level.INFO, "Carrying on " + loop.get().path() + " as " + record.key());
            return new LoopExport(this, record, loop.get(), disk, source, true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Cannot carry on " + loop.get().path() + ": " + e.getMessage());
            if (disk != null) {
                disk.stop(LoopExport.LEAVE);
            }
            return null;
        }
    }

    private static FuseDisk carryOn(
            DeviceRecord record, BlockSource source, FuseConnection connection, Geometry geometry) throws SystemError {
        try {
            return FuseDisk.takeOver(record.key(), source, connection, geometry);
        } catch (SystemError e) {
            connection.close();
            throw e;
        }
    }

    private LoopExport begin(DeviceRecord record, BlockSource source) throws IOException {
        long inode = RANDOM.nextLong() >>> 1 | 1L << 32; // positive, and no number that a small file system has
        record.write(new Geometry(inode, false));
        FuseConnection connection = FuseConnection.mount(record.file());
        FuseDisk disk = null;
        try {
            disk = FuseDisk.begin(record.key(), source, connection, inode);
            guard(record, disk);
            // It must not be kept already: an image that waits for a successor while it becomes a loop device lets
            // every
            // losetup of the machine wait that finds the same device free, the successor's too.
            LoopDevice loop = LoopDevice.attach(record.file());
            detach(record.file());
            record.write(disk.geometry(), loop);
            return new LoopExport(this, record, loop, disk, source, false);
        } catch (IOException | RuntimeException e) {
            undo(record, connection, disk);
            throw e;
        }
    }

    /** Lets this process end when it is killed while it waits for the device. Holds until that is kept or released. */
    void guard(DeviceRecord record, FuseDisk disk) {
        try {
            holder.guard(record.key(), disk.connection().number());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Nobody guards " + record.key() + ": " + e.getMessage());
        }
    }

    void unguard(DeviceRecord record) throws IOException {
        holder.release(record.key());
    }

    void hold(DeviceRecord record, FuseDisk disk) {
        if (!disk.geometry().resends()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "This kernel can't resend requests (Linux 6.9): a restart of the server ends I/O on " + record.key()
                            + " with an error");
            return;
        }
        try {
            holder.hold(record.key(), disk.connection().descriptor());
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A restart of the server ends I/O on " + record.key() + " with an error: " + e.getMessage());
        }
    }

    private void undo(DeviceRecord record, FuseConnection connection, @Nullable FuseDisk disk) throws IOException {
        try {
            holder.release(record.key());
        } finally {
            detach(record.file());
        }
        if (disk == null) {
            connection.close();
        } else {
            disk.stop(LoopExport.LEAVE);
        }
        clear(record);
    }

    /** Clears away what is left of a device that nobody serves. */
    private void clear(DeviceRecord record) throws IOException {
        if (!record.exists()) {
            return;
        }
        holder.release(record.key()); // from here on its I/O fails instead of waiting
        Optional<Geometry> geometry = record.read();
        if (geometry.isPresent()) {
            Optional<LoopDevice> loop = find(record, geometry.get().inode());
            if (loop.isPresent()) {
                loop.get().abort(geometry.get().inode());
                clear(loop.get());
            }
        }
        record.delete();
    }

    private static Optional<LoopDevice> find(DeviceRecord record, long inode) throws IOException {
        Optional<LoopDevice> written = record.loop();
        if (written.isPresent()) {
            return written.get().carriesOrIsDead(inode) ? written : Optional.empty();
        }
        return LoopDevice.carrying(inode); // the server died while it set the device up
    }

    private static void clear(LoopDevice dead) throws IOException {
        LOG.log(System.Logger.Level.INFO, "Clearing away the dead device " + dead.path());
        for (Path folder : Mounts.of(dead.path()).folders()) {
            Command.of("umount", "--lazy", "--", folder.toString()).runOrThrow();
        }
        try {
            dead.detach();
        } catch (DeviceBusy e) {
            LOG.log(System.Logger.Level.INFO, e.getMessage() + "; it goes when that ends");
        }
    }

    @Override
    public Set<String> leftBehind() throws IOException {
        Set<String> keys = DeviceRecord.keys(devices);
        keys.removeAll(exports.keySet());
        return keys;
    }

    @Override
    public void abandon(String key) throws IOException {
        synchronized (lockOf(key)) {
            if (!exports.containsKey(key)) {
                clear(DeviceRecord.of(devices, key));
            }
        }
    }

    @Override
    public void close() {
        try (var leaving = Executors.newVirtualThreadPerTaskExecutor()) {
            exports.values().forEach(export -> leaving.execute(export::leave));
        }
        holder.close();
    }

    boolean holds(LoopExport export) {
        return exports.get(export.key()) == export && holder.pid().isPresent();
    }

    void left(LoopExport export) {
        exports.remove(export.key(), export);
    }

    void forget(LoopExport export) throws IOException {
        exports.remove(export.key(), export);
        holder.release(export.key());
    }

    private Object lockOf(String key) {
        return locks.computeIfAbsent(key, name -> new Object());
    }
}
