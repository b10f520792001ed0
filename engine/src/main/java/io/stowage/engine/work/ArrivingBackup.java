package io.stowage.engine.work;

import io.stowage.engine.Refused;
import io.stowage.engine.archive.BackupIndex;
import io.stowage.engine.archive.IndexYaml;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Steps;
import io.stowage.host.archive.Compression;
import io.stowage.host.archive.MalformedArchive;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A backup's file of which the beginning was read: its index and the header of what comes first. */
final class ArrivingBackup implements AutoCloseable {
    private static final long INDEX_LIMIT = 4 << 20;

    private final HeededInput plain;
    private final TarReader archive;
    private final BackupIndex index;
    private final Optional<TarEntry> first;

    private ArrivingBackup(HeededInput plain, TarReader archive, BackupIndex index, Optional<TarEntry> first) {
        this.plain = plain;
        this.archive = archive;
        this.index = index;
        this.first = first;
    }

    /** @throws Refused BAD_INPUT it is no backup of a custom volume that can be imported */
    static ArrivingBackup begin(InputStream file) {
        return Failures.io(() -> {
            HeededInput plain = new HeededInput(Compression.open(file));
            try {
                return begin(plain);
            } catch (IOException | RuntimeException e) {
                plain.close();
                throw e;
            }
        });
    }

    private static ArrivingBackup begin(HeededInput plain) throws IOException {
        TarReader archive = new TarReader(plain);
        TarEntry entry = archive.next()
                .filter(each -> each.text().equals(BackupIndex.MEMBER) && each.isFile())
                .orElseThrow(() -> new MalformedArchive("Backup is missing at \"" + BackupIndex.MEMBER + "\""));
        if (entry.size() > INDEX_LIMIT) {
            throw new MalformedArchive("The backup's index is longer than " + INDEX_LIMIT + " bytes");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        archive.copyTo(text);
        BackupIndex index = IndexYaml.read(text.toString(StandardCharsets.UTF_8));
        return new ArrivingBackup(plain, archive, index, archive.next());
    }

    BackupIndex index() {
        return index;
    }

    TarReader archive() {
        return archive;
    }

    /** The member after the index. */
    Optional<TarEntry> first() {
        return first;
    }

    Optional<TarEntry> next() {
        return Failures.io(archive::next);
    }

    /** Whether an entry is this member, or below it. */
    boolean isPartOf(TarEntry entry, String member) {
        return entry.text().equals(member) ? member.endsWith(".img") == entry.isFile() : below(entry, member);
    }

    private static boolean below(TarEntry entry, String member) {
        return !member.endsWith(".img") && entry.text().startsWith(member + "/");
    }

    /** From now on the reader hears when the work is cancelled, and tells how far it is. */
    void heed(Steps steps) {
        plain.heed(steps);
    }

    /** Reads to the end, where a compressed file tells whether it is whole. */
    void finish() {
        Failures.ioAction(() -> {
            while (archive.next().isPresent()) {
                archive.copyTo(OutputStream.nullOutputStream());
            }
            plain.transferTo(OutputStream.nullOutputStream());
        });
    }

    @Override
    public void close() {
        Failures.ioAction(plain::close);
    }
}
