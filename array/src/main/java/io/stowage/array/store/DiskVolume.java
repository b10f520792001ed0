package io.stowage.array.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A volume as its users see it: checks ranges and stands inside the store's gate during each call. */
final class DiskVolume implements StoredVolume {
    private final DiskStore store;
    private final OpenVolume volume;

    DiskVolume(DiskStore store, OpenVolume volume) {
        this.store = store;
        this.volume = volume;
    }

    @Override
    public long id() {
        return volume.row().id();
    }

    @Override
    public long size() {
        return volume.row().size();
    }

    @Override
    public boolean readOnly() {
        return volume.row().readOnly();
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        store.inside(() -> {
            VolumeRow row = requireRange(offset, into.remaining());
            store.reads().read(row, offset, into);
        });
        into.position(into.limit());
    }

    @Override
    public void write(long offset, ByteBuffer from) {
        store.withSpace(() -> {
            requireWritable();
            requireRange(offset, from.remaining());
            store.writes().write(volume, offset, from);
        });
        from.position(from.limit());
    }

    @Override
    public void discard(long offset, long length) {
        store.withSpace(() -> {
            requireWritable();
            requireRange(offset, length);
            store.writes().discard(volume, offset, length);
        });
        store.wakeHousekeeper();
    }

    @Override
    public void copyFrom(StoredVolume source, long sourceOffset, long offset, long length) {
        if (!(source instanceof DiskVolume other) || other.store != store) {
            throw new IllegalArgumentException("a copy from another store");
        }
        requireWritable();
        store.inside(() -> {
            other.requireRange(sourceOffset, length);
            requireRange(offset, length);
        });
        if (other.volume == volume && Math.abs(sourceOffset - offset) < length) {
            throw new IllegalArgumentException("a copy from %d to %d of %d bytes of one volume: the ranges overlap"
                    .formatted(sourceOffset, offset, length));
        }
        RangeCopy.of(sourceOffset, offset, length).run(other, this);
    }

    /** What {@link RangeCopy} shares; the store stands still. */
    void share(DiskVolume source, long sourceOffset, long offset, long length) {
        store.alone(sharing -> {
            source.requireRange(sourceOffset, length);
            requireRange(offset, length);
            sharing.share(source.volume, sourceOffset, volume, offset, length);
        });
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public List<Extent> allocated(long offset, long length, int limit) {
        List<Extent> extents = new ArrayList<>();
        store.inside(
                () -> extents.addAll(store.reads().allocated(requireRange(offset, length), offset, length, limit)));
        return extents;
    }

    @Override
    public long allocatedBytes() {
        return volume.row().blocks() * Format.BLOCK;
    }

    @Override
    public long exclusiveBytes() {
        return store.exclusive(volume);
    }

    private VolumeRow requireRange(long offset, long length) {
        VolumeRow row = volume.row();
        if (volume.isDeleted()) {
            throw new NoSuchVolume(row.id());
        }
        Objects.checkFromIndexSize(offset, length, row.size());
        return row;
    }

    private void requireWritable() {
        if (volume.row().readOnly()) {
            throw new IllegalStateException("volume " + id() + " is a snapshot and can't be changed");
        }
    }
}
