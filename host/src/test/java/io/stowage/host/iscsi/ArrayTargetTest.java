package io.stowage.host.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.remote.ArrayTargetContract;
import io.stowage.host.remote.Background;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.iscsi.login.ChapSecret;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The initiator against the array's own target. */
class ArrayTargetTest extends ArrayTargetContract {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String NAME = "iqn.2026-11.io.stowage:test";

    ArrayTargetTest() {
        super(Protocol.ISCSI, IQN, CachingUnits.NAA);
    }

    @Override
    protected List<Integer> serve(CachingUnits units, int portals) throws IOException {
        return portsOf(target(units, portals).addresses());
    }

    @Override
    protected Initiator initiator(Path state) {
        return IscsiInitiator.of(NAME, state, InitiatorOptions.DEFAULT.withFenceBound(Duration.ofMillis(300)));
    }

    private IscsiTarget target(CachingUnits units, int portals) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return closing(IscsiTarget.start(IQN, Collections.nCopies(portals, any), units));
    }

    /** With a logout the target vouches for the end of the old session, so nobody waits for the fence. */
    @Test
    void aPortalThatGoesOutOfServiceIsLeftAtOnce() throws Exception {
        IscsiTarget target = target(units(), 2);
        InetSocketAddress first = target.addresses().getFirst();
        InetSocketAddress second = target.addresses().getLast();
        Initiator initiator = closing(IscsiInitiator.of(
                NAME, folder.resolve("fenced"), InitiatorOptions.DEFAULT.withFenceBound(Duration.ofHours(1))));
        RemoteUnit unit = initiator.open(request(List.of(first.getPort(), second.getPort())));
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> writer = Background.run(() -> {
            while (!enough.get()) {
                write(unit, written.get() % 1000, written.get());
                written.incrementAndGet();
            }
        });
        for (int i = 0; i < 2; i++) {
            awaitMore(written, writer);
            target.takeOutOfService(first);
            awaitMore(written, writer);
            target.putIntoService(first);
            target.takeOutOfService(second);
            awaitMore(written, writer);
            target.putIntoService(second);
        }
        enough.set(true);
        writer.join();
        int last = written.get() - 1;
        assertThat(read(unit, (long) (last % 1000) * BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, last)));
    }

    @Test
    void aTargetThatWantsAProofGetsOneAndGivesOne() throws IOException {
        CachingUnits units = units();
        units.require(new ChapCredentials(
                new ChapCredentials.Secret("host", "secretofhost1"),
                Optional.of(new ChapCredentials.Secret("array", "secretofarray1"))));
        IscsiTarget target = target(units, 1);
        ChapSecret own = new ChapSecret("host", "secretofhost1");
        ChapSecrets right = new ChapSecrets(own, Optional.of(new ChapSecret("array", "secretofarray1")));
        Initiator initiator = closing(
                IscsiInitiator.of(NAME, folder.resolve("proven"), InitiatorOptions.DEFAULT, Optional.of(right)));
        RemoteUnit unit = initiator.open(request(portsOf(target.addresses())));
        unit.write(0, bytes(BLOCK, 7));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 7)));

        InitiatorOptions hasty = InitiatorOptions.DEFAULT.withAttachTimeout(Duration.ofMillis(300));
        ChapSecrets wrong = new ChapSecrets(own, Optional.of(new ChapSecret("array", "secretofarray2")));
        for (Optional<ChapSecrets> secrets : List.of(Optional.<ChapSecrets>empty(), Optional.of(wrong))) {
            Initiator other = closing(IscsiInitiator.of(NAME, folder.resolve("other"), hasty, secrets));
            assertThatThrownBy(() -> other.open(request(portsOf(target.addresses()))))
                    .isInstanceOf(TargetUnreachable.class)
                    .hasMessageNotContainingAny("secretofhost1", "secretofarray2");
        }
    }
}
