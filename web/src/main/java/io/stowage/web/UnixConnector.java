package io.stowage.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/**
 * HTTP on a unix socket. The socket is bound in a folder that only we can enter, gets its group and
 * mode there, and is then moved into its place, over what a crash may have left: nobody can connect
 * in between, and there is no moment without a socket.
 */
final class UnixConnector implements BoundListener {
    private static final int LONGEST_PATH = 107; // sun_path holds 108 bytes with its end (unix(7))
    private static final int BACKLOG = 128; // lxc opens a connection for every request

    private final Listener.UnixSocket listener;
    private final Path nursery;

    private UnixConnector(Listener.UnixSocket listener, Path nursery) {
        this.listener = listener;
        this.nursery = nursery;
    }

    static UnixConnector add(Server server, Listener.UnixSocket listener) throws IOException {
        var path = listener.path().toAbsolutePath();
        var folder = path.getParent();
        if (folder == null || path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("The path of the socket, %s, is longer than %d bytes: choose a shorter folder"
                    .formatted(path, LONGEST_PATH));
        }
        var nursery =
                folder.resolve(".s" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX));
        var born = nursery.resolve("s");
        Files.deleteIfExists(born);
        Files.deleteIfExists(nursery);
        Files.createDirectory(
                nursery, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var connector = new UnixDomainServerConnector(server, JettyServer.http());
        connector.setUnixDomainPath(born);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(JettyServer.SILENCE.toMillis());
        server.addConnector(connector);
        return new UnixConnector(new Listener.UnixSocket(path, listener.mode(), listener.group()), nursery);
    }

    @Override
    public void publish() throws IOException {
        var born = nursery.resolve("s");
        if (listener.group().isPresent()) {
            setGroup(born, listener.group().get());
        }
        Files.setAttribute(born, "unix:mode", listener.mode());
        Files.move(born, listener.path(), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(nursery);
    }

    private static void setGroup(Path socket, String name) throws IOException {
        try {
            var group = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("The group \"%s\" for the socket does not exist on this machine".formatted(name), e);
        }
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.empty();
    }

    @Override
    public void remove() {
        try {
            Files.deleteIfExists(listener.path());
            Files.deleteIfExists(nursery.resolve("s"));
            Files.deleteIfExists(nursery);
        } catch (NoSuchFileException e) {
            // the folder is gone, and the socket with it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
