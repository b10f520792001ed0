package io.stowage.host.remote;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/** What must be known of a target after the process was killed: a small file, replaced as a whole and synced. */
public record StateFile(Path path) {

    /** The file of this target in a folder, which is made when absent. */
    public static StateFile of(Path folder, String target, String suffix) throws IOException {
        return new StateFile(
                Files.createDirectories(folder).resolve(target.replaceAll("[^A-Za-z0-9.-]", "_") + suffix));
    }

    /** Its content; empty if there is none. */
    public Properties read() throws IOException {
        Properties read = new Properties();
        if (Files.exists(path)) {
            read.load(new StringReader(Files.readString(path)));
        }
        return read;
    }

    /** Durable when it returns. */
    public void write(Properties content) throws IOException {
        StringWriter text = new StringWriter();
        content.store(text, null);
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }
}
