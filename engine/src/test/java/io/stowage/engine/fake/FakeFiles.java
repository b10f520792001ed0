package io.stowage.engine.fake;

import io.stowage.engine.Refused;
import io.stowage.engine.host.RawDevice;
import io.stowage.engine.host.VolumeFiles;
import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarReader;
import io.stowage.host.archive.TarWriter;
import io.stowage.host.filesystem.Usage;
import io.stowage.host.rsync.RsyncOnto;
import io.stowage.host.rsync.RsyncTerms;
import io.stowage.host.rsync.RsyncWatcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** File systems on the devices of the {@link FakeHost}. */
final class FakeFiles implements VolumeFiles {
    private static final long MIB = 1 << 20;

    private final FakeHost host;
    private final Faults faults;

    FakeFiles(FakeHost host, Faults faults) {
        this.host = host;
        this.faults = faults;
    }

    private FakeStore.Unit unit(Path device) {
        FakeHost.@Nullable Device found = host.at(device);
        if (found == null) {
            throw new Refused(Refused.Kind.FAILED, device + ": no such device");
        }
        return found.unit();
    }

    @Override
    public void requireSupport(String type) {
        if (!Set.of("ext4", "xfs", "btrfs").contains(type)) {
            throw Refused.badInput("Unsupported file system \"" + type + "\"");
        }
    }

    @Override
    public long minimumBytes(String type) {
        return type.equals("xfs") ? 300 * MIB : MIB;
    }

    @Override
    public long minimumResizedBytes(String type) {
        return minimumBytes(type);
    }

    @Override
    public void make(Path device, String type) {
        faults.host("make", () -> {
            FakeStore.Unit unit = unit(device);
            return unit.content = new Content("", type, ++host.identities, unit.size.bytes());
        });
    }

    @Override
    public Optional<String> growthRefusal(String type, boolean mounted) {
        return mounted && type.equals("ext4") ? Optional.of("A mounted ext4 cannot be grown here") : Optional.empty();
    }

    @Override
    public void grow(Path device, String type, Optional<Path> mountPoint) {
        faults.host("grow", () -> {
            FakeStore.Unit unit = unit(device);
            Content old = unit.content;
            return unit.content = new Content(old.text(), old.type(), old.identity(), unit.size.bytes());
        });
    }

    @Override
    public boolean shrinks(String type) {
        return !type.equals("xfs");
    }

    @Override
    public void shrink(Path device, String type, long bytes) {
        faults.host("shrink", () -> {
            FakeStore.Unit unit = unit(device);
            Content old = unit.content;
            return unit.content = new Content(old.text(), old.type(), old.identity(), bytes);
        });
    }

    @Override
    public void renewIdentity(Path device, String type) {
        faults.host("renewIdentity", () -> {
            FakeStore.Unit unit = unit(device);
            Content old = unit.content;
            return unit.content = new Content(old.text(), old.type(), ++host.identities, old.fileSystemBytes());
        });
    }

    @Override
    public void mount(Path device, String type, Path folder, String options) {
        faults.host("mount", () -> {
            FakeHost.@Nullable Mounted there = host.mounts.get(folder);
            if (there != null && !there.device().equals(device)) {
                throw Refused.badInput("Cannot mount on " + folder + ": " + there.device() + " is mounted there");
            }
            if (!unit(device).content.type().equals(type)) {
                throw new Refused(Refused.Kind.FAILED, device + " has no " + type);
            }
            Failures.io(() -> Files.createDirectories(folder));
            host.mounts.putIfAbsent(folder, new FakeHost.Mounted(device, options));
            return folder;
        });
    }

    @Override
    public void remount(Path folder, String options) {
        faults.host("remount", () -> {
            FakeHost.Mounted there = Objects.requireNonNull(host.mounts.get(folder), "nothing is mounted there");
            return Objects.requireNonNull(host.mounts.put(folder, new FakeHost.Mounted(there.device(), options)));
        });
    }

    @Override
    public void unmountOthers(Path device, Path folder) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        if (there != null && !there.device().equals(device)) {
            unmount(folder);
        }
    }

    @Override
    public void unmount(Path folder) {
        faults.host("unmount", () -> {
            host.frozen.remove(folder);
            return Optional.ofNullable(host.mounts.remove(folder));
        });
    }

    @Override
    public boolean isMounted(Path device, Path folder) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        return there != null && there.device().equals(device);
    }

    @Override
    public void freeze(Path folder) {
        faults.host("freeze", () -> {
            if (!host.mounts.containsKey(folder)) {
                throw new IllegalStateException("Freezing " + folder + " would freeze what is around it");
            }
            return host.frozen.add(folder);
        });
    }

    @Override
    public void thaw(Path folder) {
        faults.host("thaw", () -> host.frozen.remove(folder));
    }

    @Override
    public Usage usage(Path folder) {
        return new Usage(100 * MIB, 3 * MIB);
    }

    @Override
    public long copy(Path from, Path to, RsyncOnto onto, long bytesPerSecond, RsyncWatcher watcher) {
        watcher.at(0);
        long bytes = faults.host("copyFiles", () -> {
            Content source = mounted(from).content;
            FakeStore.Unit target = mounted(to);
            if (onto == RsyncOnto.EMPTY && !target.content.text().isEmpty()) {
                throw new IllegalStateException("There is something already: " + target.content);
            }
            target.content = target.content.with(source.text());
            return 512L;
        });
        watcher.at(bytes);
        return bytes;
    }

    @Override
    public RawDevice open(Path device) {
        return new FakeDevice(unit(device), faults);
    }

    @Override
    public void protect(Path device) {
        faults.host("protect", () -> host.closed.add(device));
    }

    /** All there is of its files is a text, which is in a file of its own in the archive. */
    private FakeStore.Unit mounted(Path folder) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        if (there == null) {
            throw new IllegalStateException("Nothing is mounted at " + folder);
        }
        return unit(there.device());
    }

    @Override
    public void send(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher) {
        faults.host("rsync from", () -> {
            try (out) {
                out.write(mounted(folder).content.text().getBytes(StandardCharsets.UTF_8));
                return terms;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void receive(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher) {
        faults.host("rsync to", () -> {
            try (out) {
                FakeStore.Unit unit = mounted(folder);
                unit.content = unit.content.with(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                return terms;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void pack(Path folder, String member, TarWriter archive) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        if (there == null) {
            throw new IllegalStateException("Nothing is mounted at " + folder);
        }
        byte[] text = unit(there.device()).content.text().getBytes(StandardCharsets.UTF_8);
        faults.host("pack", () -> {
            try {
                archive.put(TarEntry.file(member + "/text", text.length, 0), out -> out.write(text));
                return text;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Optional<TarEntry> unpack(TarEntry first, TarReader archive, String member, Path folder) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        if (there == null || !first.text().equals(member + "/text")) {
            throw new IllegalStateException("Nothing is mounted at " + folder + ", or " + first.text() + " comes");
        }
        return faults.host("unpack", () -> {
            try {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                archive.copyTo(text);
                FakeStore.Unit unit = unit(there.device());
                unit.content = unit.content.with(text.toString(StandardCharsets.UTF_8));
                return archive.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What the members have, one after the other, becomes the text. */
    @Override
    public void unpack(InputStream archive, Path folder) {
        FakeHost.@Nullable Mounted there = host.mounts.get(folder);
        if (there == null) {
            throw new IllegalStateException("Nothing is mounted at " + folder);
        }
        faults.host("unpack", () -> {
            try {
                TarReader members = new TarReader(archive);
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                while (members.next().isPresent()) {
                    members.copyTo(text);
                }
                FakeStore.Unit unit = unit(there.device());
                return unit.content = unit.content.with(text.toString(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw Failures.of(e);
            }
        });
    }
}
