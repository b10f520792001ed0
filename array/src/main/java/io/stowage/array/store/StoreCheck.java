package io.stowage.array.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a closed store and changes nothing: superblocks, catalog, every page of every tree, and
 * whether what a volume takes for its own is led to from nowhere else. Reads no data. Needs memory for
 * every page and chunk in use.
 */
public final class StoreCheck {
    private final Disk disk;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Pointer> pages = new HashMap<>();
    private final Map<Long, Long> blocks = new HashMap<>();
    private final Map<Long, Integer> pageReferences = new HashMap<>();
    private final Map<Long, Integer> chunkReferences = new HashMap<>();

    private StoreCheck(Disk disk) {
        this.disk = disk;
    }

    /**
     * What is wrong with the store in a folder; nothing if it is well.
     *
     * @throws StoreFailed if there is no store, it is open, or it can't be read
     */
    public static List<Finding> check(Path folder) {
        return report(folder).findings();
    }

    /** As {@link #check(Path)}, and what the store holds. */
    public static StoreReport report(Path folder) {
        if (!Files.isRegularFile(folder.resolve("metadata"))) {
            throw new StoreFailed("there is no store in " + folder, null);
        }
        try (ReadOnlyDisk disk = ReadOnlyDisk.open(folder)) {
            return report(disk);
        } catch (IOException e) {
            throw new StoreFailed("can't check the store in " + folder + ": " + e.getMessage(), e);
        }
    }

    static List<Finding> check(Disk disk) throws IOException {
        return report(disk).findings();
    }

    static StoreReport report(Disk disk) throws IOException {
        StoreCheck check = new StoreCheck(disk);
        Optional<Catalog> catalog = check.run();
        NavigableMap<Long, StoreReport.Seen> volumes = new TreeMap<>();
        catalog.ifPresent(read -> read.volumes()
                .forEach((id, volume) -> volumes.put(
                        id,
                        new StoreReport.Seen(volume.row().size(), volume.row().readOnly()))));
        return new StoreReport(
                List.copyOf(check.findings),
                volumes,
                catalog.map(Catalog::records).orElseGet(() -> new TreeMap<>(Arrays::compareUnsigned)));
    }

    private Optional<Catalog> run() throws IOException {
        Optional<Superblock> superblock = superblock();
        if (superblock.isEmpty()) {
            return Optional.empty();
        }
        Catalog catalog;
        try {
            catalog = Catalog.read(disk.metadata(), superblock.get());
        } catch (StoreCorrupt e) {
            report("catalog", e.getMessage());
            return Optional.empty();
        }
        PageCache reader = new PageCache(disk.metadata(), 1);
        for (OpenVolume volume : catalog.volumes().values()) {
            Pointer root = volume.row().root();
            if (root != null) {
                walk("volume " + volume.row().id(), root, superblock.get(), reader);
            }
            requireBlocks("volume " + volume.row().id(), volume.row().blocks(), List.of(blocksOf(root)));
        }
        requireNoPageInCatalog(catalog);
        for (OpenVolume volume : catalog.volumes().values()) {
            Pointer root = volume.row().root();
            if (root != null) {
                requireOwn(volume, root, reader);
            }
        }
        return Optional.of(catalog);
    }

    private void report(String where, String problem) {
        findings.add(new Finding(where, problem));
    }

    private Optional<Superblock> superblock() throws IOException {
        try {
            Superblocks.Found found = new Superblocks(disk.metadata()).find();
            if (found.newest().isEmpty()) {
                report("superblocks", "there is none");
            } else if (found.damaged() > 0) {
                report("superblocks", found.damaged() + " of 4 copies are damaged; opening heals them");
            }
            return found.newest();
        } catch (StoreCorrupt e) {
            report("superblocks", e.getMessage());
            return Optional.empty();
        }
    }

    private void walk(String where, Pointer pointer, Superblock superblock, PageCache reader) throws IOException {
        pageReferences.merge(pointer.address(), 1, Integer::sum);
        Pointer known = pages.putIfAbsent(pointer.address(), pointer);
        if (known != null) {
            if (!known.equals(pointer)) {
                report(where, "page %d is used as %s and as %s".formatted(pointer.address(), known, pointer));
            }
            return;
        }
        if (pointer.address() < Format.FIRST_PAGE || pointer.address() >= superblock.pageEnd()) {
            report(where, "page %d lies outside the pages in use".formatted(pointer.address()));
            return;
        }
        Page page;
        try {
            page = reader.read(pointer);
        } catch (StoreCorrupt e) {
            report(where, e.getMessage());
            return;
        }
        blocks.put(pointer.address(), page.blocks);
        List<OptionalLong> below = new ArrayList<>();
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            switch (page) {
                case Leaf leaf -> {
                    if (leaf.mapping(slot) != 0) {
                        requireSound(where, leaf, slot, superblock);
                        below.add(OptionalLong.of(Leaf.blocks(leaf.mapping(slot))));
                    }
                }
                case Branch branch -> {
                    Pointer child = branch.child(slot);
                    if (child != null) {
                        walk(where, child, superblock, reader);
                        below.add(blocksOf(child));
                    }
                }
            }
        }
        requireBlocks("page " + pointer.address(), page.blocks, below);
    }

    /** The blocks with data in a tree; empty if its root can't be read. */
    private OptionalLong blocksOf(@Nullable Pointer pointer) {
        if (pointer == null) {
            return OptionalLong.of(0);
        }
        Long known = blocks.get(pointer.address());
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    private void requireBlocks(String where, long told, List<OptionalLong> below) {
        long found = below.stream().mapToLong(part -> part.orElse(0)).sum();
        if (told != found && below.stream().allMatch(OptionalLong::isPresent)) {
            report(where, "it tells of %d blocks with data, and %d were found".formatted(told, found));
        }
    }

    private void requireSound(String where, Leaf leaf, int slot, Superblock superblock) throws IOException {
        long mapping = leaf.mapping(slot);
        long chunk = Leaf.chunk(mapping);
        int presence = Leaf.presence(mapping);
        chunkReferences.merge(chunk, 1, Integer::sum);
        if (presence == 0) {
            report(where, "chunk %d is led to, but holds nothing".formatted(chunk));
        }
        if (chunk >= superblock.chunkEnd()) {
            report(where, "chunk %d lies behind the end of chunks, %d".formatted(chunk, superblock.chunkEnd()));
        }
        if (leaf.birth(slot) >= superblock.time()) {
            report(where, "chunk %d was born in the future, at %d".formatted(chunk, leaf.birth(slot)));
        }
        long end = chunk * Format.CHUNK + (long) (32 - Integer.numberOfLeadingZeros(presence)) * Format.BLOCK;
        if (end > disk.data().size()) {
            report(where, "chunk %d lies behind the end of the data file".formatted(chunk));
        }
    }

    private void requireNoPageInCatalog(Catalog catalog) {
        for (Blob.Place place : catalog.chain()) {
            for (long page = place.address(); page < place.address() + place.pages(); page++) {
                if (pages.containsKey(page)) {
                    report("catalog", "page %d is also part of a tree".formatted(page));
                }
            }
        }
    }

    /** What lies below a page that isn't the volume's own isn't either. */
    private void requireOwn(OpenVolume volume, Pointer pointer, PageCache reader) {
        if (!volume.owns(pointer.birth())) {
            return;
        }
        String where = "volume " + volume.row().id();
        if (pageReferences.getOrDefault(pointer.address(), 0) > 1) {
            report(where, "page %d is its own, but led to from elsewhere too".formatted(pointer.address()));
        }
        Page page;
        try {
            page = reader.read(pointer);
        } catch (StoreCorrupt e) {
            return;
        }
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            switch (page) {
                case Leaf leaf -> {
                    long chunk = Leaf.chunk(leaf.mapping(slot));
                    if (leaf.mapping(slot) != 0
                            && volume.owns(leaf.birth(slot))
                            && chunkReferences.getOrDefault(chunk, 0) > 1) {
                        report(where, "chunk %d is its own, but led to from elsewhere too".formatted(chunk));
                    }
                }
                case Branch branch -> {
                    Pointer child = branch.child(slot);
                    if (child != null) {
                        requireOwn(volume, child, reader);
                    }
                }
            }
        }
    }
}
