package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four places of superblocks at the head of the metadata file: two slots of two copies, a page
 * apart. A commit overwrites the slot of the commit before the last, never that of the last.
 *
 * <p>A sector is written whole or not at all, so a crash leaves each copy old or new; a copy that is
 * neither is damage. One damaged copy is healed by its twin. Two of one slot could be the newest state,
 * so the store refuses to fall back in silence to the other.
 */
final class Superblocks {
    private static final int COPIES = 2;

    private final BlockFile file;

    Superblocks(BlockFile file) {
        this.file = file;
    }

    /**
     * The newest superblock; empty if the file never held a store.
     *
     * @param damaged how many copies were damaged and can be healed by writing the newest again
     */
    record Found(Optional<Superblock> newest, int damaged) {}

    Found find() throws IOException {
        List<Superblock> whole = new ArrayList<>();
        int damaged = 0;
        int blankSlots = 0;
        for (int slot = 0; slot < 2; slot++) {
            List<Superblock> inSlot = new ArrayList<>();
            int blank = 0;
            for (int copy = 0; copy < COPIES; copy++) {
                ByteBuffer sector = ByteBuffer.allocate(Format.SECTOR);
                boolean present = file.read(position(slot, copy), sector);
                sector.clear();
                Optional<Superblock> parsed = Superblock.parse(sector);
                parsed.ifPresent(inSlot::add);
                if (!present || isBlank(sector)) {
                    blank++;
                }
            }
            if (inSlot.isEmpty() && blank < COPIES) {
                throw new StoreCorrupt(
                        "both copies of superblock %d are damaged: the newest state may be lost".formatted(slot));
            }
            if (blank == COPIES) {
                blankSlots++;
            }
            damaged += COPIES - inSlot.size();
            whole.addAll(inSlot);
        }
        Optional<Superblock> newest =
                whole.stream().max((one, other) -> Long.compare(one.generation(), other.generation()));
        boolean born = file.size() > (long) Format.FIRST_PAGE * Format.PAGE;
        if (blankSlots > 0 && born) {
            throw new StoreCorrupt("a superblock is gone from a metadata file of %d bytes".formatted(file.size()));
        }
        return new Found(newest, damaged);
    }

    private static boolean isBlank(ByteBuffer sector) {
        return sector.equals(ByteBuffer.allocate(Format.SECTOR));
    }

    /** Writes both copies in the slot of its generation. Not durable before a force. */
    void write(Superblock superblock) throws IOException {
        for (int copy = 0; copy < COPIES; copy++) {
            file.write(position(superblock.slot(), copy), superblock.write());
        }
    }

    private static long position(int slot, int copy) {
        return (long) (slot * COPIES + copy) * Format.PAGE;
    }
}
