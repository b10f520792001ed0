package io.stowage.array.nvme;

import io.stowage.nvme.command.Status;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A controller of a host, for tests: its admin queue and one I/O queue. */
public record TestController(TestHost admin, TestHost io) implements AutoCloseable {
    /**
     * Connects to a subsystem.
     *
     * @param host its NQN
     * @throws IOException it is refused, by this status
     */
    public static TestController open(InetSocketAddress portal, String subsystem, String host) throws IOException {
        var admin = TestHost.initialized(portal);
        try {
            int id = admin.connectAdmin(subsystem, host);
            admin.enable();
            var io = TestHost.initialized(portal);
            var end = io.connect(new Connect(0, 1, 127, 0, 0), new ConnectData(TestHost.ID, id, subsystem, host));
            if (end.status().equals(Status.SUCCESS)) {
                return new TestController(admin, io);
            }
            io.close();
            throw new IOException("no I/O queue: " + end.status());
        } catch (IOException e) {
            admin.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (admin) {
            io.close();
        }
    }
}
