package io.stowage.host.remote;

import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.array.nvme.NvmeTarget;
import io.stowage.model.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** The array's target in a process of its own that can be killed. It ends with its standard input. */
public final class TargetMain {
    private TargetMain() {}

    /** @param args protocol, IQN or NQN, file, size in bytes */
    public static void main(String[] args) throws Exception {
        try (CachingUnits units = new CachingUnits(Path.of(args[2]), Long.parseLong(args[3]))) {
            if (Protocol.valueOf(args[0]) == Protocol.ISCSI) {
                List<InetSocketAddress> any = List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                try (IscsiTarget target = IscsiTarget.start(args[1], any, units)) {
                    serve(target.addresses());
                }
            } else {
                try (NvmeTarget target = OneSubsystem.serve(args[1], units, 1)) {
                    serve(target.addresses());
                }
            }
        }
    }

    private static void serve(List<InetSocketAddress> addresses) throws Exception {
        System.out.println(addresses.getFirst().getPort());
        System.out.flush();
        while (System.in.read() >= 0) {}
    }
}
