package io.stowage.array;

import io.stowage.array.flasharray.FlashArray;
import io.stowage.array.management.Personality;
import io.stowage.array.wsapi.Alletra;
import io.stowage.web.json.Json;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How the running array is reached: the content of {@code endpoints.json}, an object for each personality. */
public final class ArrayEndpoints {
    private final ObjectNode json;

    private ArrayEndpoints(ObjectNode json) {
        this.json = json;
    }

    /**
     * How a FlashArray is reached.
     *
     * @param management URL of the API, without a path
     * @param certificate PEM file with which the API's certificate is verified
     */
    public record FlashArrayEndpoint(
            String management, String certificate, String apiToken, IscsiEndpoint iscsi, NvmeEndpoint nvme) {
        @Override
        public String toString() {
            return management; // never the token
        }
    }

    /**
     * How an Alletra is reached.
     *
     * @param management URL of the API, without a path
     * @param certificate PEM file with which the API's certificate is verified
     * @param user who may do everything
     * @param browseUser who may only look
     * @param cpg one that is there from the beginning
     */
    public record AlletraEndpoint(
            String management,
            String certificate,
            String user,
            String password,
            String browseUser,
            String browsePassword,
            String cpg,
            IscsiEndpoint iscsi,
            NvmeEndpoint nvme) {
        @Override
        public String toString() {
            return management; // never the password
        }
    }

    /** @param portals each {@code ADDRESS:PORT}, IPv6 addresses in brackets */
    public record IscsiEndpoint(String iqn, List<String> portals) {
        public IscsiEndpoint {
            portals = List.copyOf(portals);
        }
    }

    /**
     * How it is reached over NVMe/TCP.
     *
     * @param nqn null if each host has a subsystem of its own
     * @param portals each {@code ADDRESS:PORT}, IPv6 addresses in brackets
     */
    public record NvmeEndpoint(@Nullable String nqn, List<String> portals) {
        public NvmeEndpoint {
            portals = List.copyOf(portals);
        }
    }

    /** Those of an array without any personality. */
    static ArrayEndpoints none() {
        return new ArrayEndpoints(Json.object());
    }

    /** What {@link #json} has written. */
    public static ArrayEndpoints parse(String json) {
        return new ArrayEndpoints((ObjectNode) Json.tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The same with one more personality.
     *
     * @param management where its API listens
     * @param certificate that of its API
     */
    ArrayEndpoints with(
            Personality personality,
            InetSocketAddress management,
            ServerCertificate certificate,
            List<InetSocketAddress> iscsi,
            List<InetSocketAddress> nvme) {
        var entry = Json.object()
                .put("management", "https://" + text(management))
                .put("certificate", certificate.path().toString());
        personality.credentials().forEach(entry::put);
        entry.set(
                "iscsi",
                Json.toTree(new IscsiEndpoint(
                        personality.iqn(),
                        iscsi.stream().map(ArrayEndpoints::text).toList())));
        entry.set(
                "nvme",
                Json.toTree(new NvmeEndpoint(
                        personality.nqn().orElse(null),
                        nvme.stream().map(ArrayEndpoints::text).toList())));
        var more = json.deepCopy();
        more.set(personality.name(), entry);
        return new ArrayEndpoints(more);
    }

    static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** @throws IllegalStateException there is no FlashArray */
    public FlashArrayEndpoint flasharray() {
        return personality(FlashArray.NAME, FlashArrayEndpoint.class);
    }

    /** @throws IllegalStateException there is no Alletra */
    public AlletraEndpoint alletra() {
        return personality(Alletra.NAME, AlletraEndpoint.class);
    }

    private <T> T personality(String name, Class<T> type) {
        if (!json.has(name)) {
            throw new IllegalStateException("The array has no " + name);
        }
        return Json.convert(json.path(name), type);
    }

    /** One line of JSON. */
    public String json() {
        return Json.text(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayEndpoints endpoints && json.equals(endpoints.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return String.join(", ", json.propertyNames()); // never what is needed to log in
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
