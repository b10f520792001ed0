package io.stowage.host.iscsi;

import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.host.remote.CachingUnits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** The array's target in a process of its own that can be killed. It ends with its standard input. */
public final class TargetMain {
    private TargetMain() {}

    /** @param args IQN, file, size in bytes */
    public static void main(String[] args) throws Exception {
        try (CachingUnits units = new CachingUnits(Path.of(args[1]), Long.parseLong(args[2]));
                IscsiTarget target = IscsiTarget.start(
                        args[0], List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), units)) {
            System.out.println(target.addresses().getFirst().getPort());
            while (System.in.read() >= 0) {}
        }
    }
}
