package io.stowage.benchmarks;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Main of {@code benchmarks/data-path}: target, and the whole path to a block device, beside a plain file. */
public final class DataPath {
    private static final long BYTES = 256L << 20;
    private static final double SECONDS = 4;

    private DataPath() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Arena arena = Arena.open()) {
            arena.createPool(Combination.PURE_ISCSI, "p");
            arena.server()
                    .stowage("volume", "create", "p", "v", "--type", "block", "size=" + BYTES)
                    .orFail();
            Path device = Path.of(arena.server()
                    .stowage("volume", "attach", "p", "v")
                    .orFail()
                    .out()
                    .strip());
            Path file = arena.path("plain");
            try (RandomAccessFile plain = new RandomAccessFile(file.toFile(), "rw")) {
                plain.setLength(BYTES);
            }
            try (Disk plain = FileDisk.open("plain file", file);
                    Disk unit = UnitDisk.open("target", arena, BYTES);
                    Disk loop = FileDisk.open("initiator+FUSE+loop", device)) {
                List<Disk> disks = List.of(plain, unit, loop);
                for (Disk disk : disks) {
                    fill(disk);
                }
                table(disks);
            }
            arena.server().stowage("volume", "detach", "p", "v").orFail();
        }
    }

    /** Every block is written once, so that reads read data and writes overwrite. */
    private static void fill(Disk disk) throws IOException, InterruptedException {
        new Pattern("fill", 1 << 20, false, true, 4).run(disk, BYTES, (long) (2 * SECONDS * 1e9));
    }

    private static void table(List<Disk> disks) throws IOException, InterruptedException {
        System.out.println("| pattern | "
                + String.join(" | ", disks.stream().map(Disk::name).toList()) + " |");
        System.out.println("|---|" + "---|".repeat(disks.size()));
        for (Pattern pattern : Pattern.ALL) {
            List<String> cells = new ArrayList<>(List.of(pattern.name()));
            double plain = 0;
            for (Disk disk : disks) {
                pattern.run(disk, BYTES, (long) (SECONDS * 1e9 / 4));
                double rate = pattern.run(disk, BYTES, (long) (SECONDS * 1e9));
                plain = plain == 0 ? rate : plain;
                cells.add("%,.0f/s (%.2f)".formatted(rate, rate / plain));
            }
            System.out.println("| " + String.join(" | ", cells) + " |");
        }
    }
}
