package io.stowage.array.iscsi;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.LunList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The target through a socket, by an initiator that can also misbehave. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class TargetTest {
    static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    static final String HOST = "iqn.2026-11.io.stowage:host";
    static final String OTHER = "iqn.2026-11.io.stowage:other";
    static final long SIZE = 64L << 20;

    /** Tests needn't wait for initiators to say goodbye. */
    static final Limits FAST = Limits.DEFAULT.with(new Limits.Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMillis(100)));

    /** Waits for initiators to say goodbye as long as a test may take. */
    static final Limits PATIENT = Limits.DEFAULT.with(new Limits.Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(120)));

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path folder;

    final TestUnits units = new TestUnits();
    final List<TestInitiator> initiators = new ArrayList<>();
    FileUnit unit;
    IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), SIZE, 1);
        units.connect(HOST, 1, unit);
        units.connect(OTHER, 7, unit);
        target = start(FAST);
    }

    @AfterEach
    void stop() throws IOException {
        unit.openGate();
        for (TestInitiator initiator : initiators) {
            initiator.close();
        }
        target.close();
        unit.close();
    }

    TestInitiator connect() throws IOException {
        return remember(TestInitiator.connect(target.addresses().getFirst(), Preferences.DEFAULT));
    }

    IscsiTarget start(Limits limits) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        return IscsiTarget.start(IQN, List.of(free, free), units, Preferences.DEFAULT, limits);
    }

    TestInitiator login(String name, long isid) throws IOException, LoginFailure {
        return remember(TestInitiator.login(target.addresses().getFirst(), name, IQN, isid, Preferences.DEFAULT));
    }

    TestInitiator loginWithR2t() throws IOException, LoginFailure {
        return remember(TestInitiator.login(target.addresses().getFirst(), HOST, IQN, 1, withoutUnaskedData()));
    }

    static Preferences withoutUnaskedData() {
        return new Preferences(List.of("None"), List.of("None"), 262144, 1 << 20, 65536, true, false);
    }

    TestInitiator remember(TestInitiator initiator) {
        synchronized (initiators) {
            initiators.add(initiator);
        }
        return initiator;
    }

    static List<Integer> luns(TestInitiator initiator) throws IOException {
        return LunList.parse(initiator.in(0, new Cdb.ReportLuns(0, 4096), 4096).data())
                .luns();
    }

    static ByteBuffer filled(int length, char with) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        Arrays.fill(buffer.array(), (byte) with);
        return buffer;
    }
}
