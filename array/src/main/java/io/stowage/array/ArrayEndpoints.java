package io.stowage.array;

import io.stowage.web.json.Json;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the running array is reached: the content of {@code endpoints.json}. */
public record ArrayEndpoints(FlashArrayEndpoint flasharray) {
    /**
     * How a FlashArray is reached.
     *
     * @param management URL of the API, without a path
     * @param certificate PEM file with which the API's certificate is verified
     */
    public record FlashArrayEndpoint(String management, String certificate, String apiToken, IscsiEndpoint iscsi) {
        @Override
        public String toString() {
            return management; // never the token
        }
    }

    /** @param portals each {@code ADDRESS:PORT}, IPv6 addresses in brackets */
    public record IscsiEndpoint(String iqn, List<String> portals) {
        public IscsiEndpoint {
            portals = List.copyOf(portals);
        }
    }

    static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The base URL of the management API. */
    public URI management() {
        return URI.create(flasharray.management());
    }

    /** One line of JSON. */
    public String json() {
        return Json.text(Map.of("flasharray", flasharray));
    }

    /** Puts them into a file of mode 0600 at once: who finds the file finds all of it. */
    void write(Path file) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(fresh, options, mode)) {
            var bytes = ByteBuffer.wrap((json() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
