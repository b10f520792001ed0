package io.stowage.system;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells systemd how this service is: sd_notify(3), one datagram to the socket named in NOTIFY_SOCKET. */
public final class ServiceNotifier {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;

    private final Optional<String> socket;

    /**
     * @param socket the value of NOTIFY_SOCKET; a leading {@code @} stands for the abstract name space
     */
    public ServiceNotifier(Optional<String> socket) {
        this.socket = socket;
    }

    /** The notifier of this process's environment; silent when nobody asked to be told. */
    public static ServiceNotifier ofEnvironment() {
        return new ServiceNotifier(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
    }

    /** "READY=1": start-up is finished. */
    public void ready() throws SystemError {
        send("READY=1");
    }

    /** "STOPPING=1": it is about to end. */
    public void stopping() throws SystemError {
        send("STOPPING=1");
    }

    private void send(String state) throws SystemError {
        if (socket.isEmpty()) {
            return;
        }
        int fd = Libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        try {
            Libc.sendTo(fd, state.getBytes(StandardCharsets.UTF_8), address(socket.get()));
        } finally {
            Libc.close(fd);
        }
    }

    // struct sockaddr_un: family as a native short, then the path; unix(7).
    private static byte[] address(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean hidden = path.startsWith("@");
        byte[] address = new byte[2 + name.length + (hidden ? 0 : 1)];
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        address[little ? 0 : 1] = AF_UNIX;
        System.arraycopy(name, 0, address, 2, name.length);
        if (hidden) {
            address[2] = 0;
        }
        return address;
    }
}
