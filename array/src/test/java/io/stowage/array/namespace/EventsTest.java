package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.MemoryUnit;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asynchronous events and the log of changed namespaces. Base 2.0, sections 5.2 and 5.16.1.5. */
class EventsTest {
    private static final int EVENTS = 0x0B;
    private static final int CHANGED = 0x04;
    private static final int RETAIN = 1 << 15;

    /** As Linux decodes it: notice, namespace attribute changed, log page 04h. */
    private static final long NAMESPACES_CHANGED = 0x0004_0002L;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    @Test
    void nothingIsToldThatWasNotAskedFor() {
        array.units.connect(TestArray.HOST_A, 2, array.unit(2, 1 << 20));

        assertThat(host.viewer().nextEvent()).isEmpty();
        assertThat(host.rung).isZero();
        assertThat(changed(0).getInt(0)).as("but the log has it").isEqualTo(2);
    }

    @Test
    void aNewNamespaceIsToldOnceUntilItsLogIsRead() {
        host.setFeature(EVENTS, 0, 0x900);
        array.units.connect(TestArray.HOST_A, 2, array.unit(2, 1 << 20));
        array.units.connect(TestArray.HOST_A, 3, array.unit(3, 1 << 20));

        assertThat(next()).contains(NAMESPACES_CHANGED);
        assertThat(next()).isEmpty();
        array.units.disconnect(TestArray.HOST_A, 3);
        assertThat(next()).as("masked").isEmpty();

        ByteBuffer log = changed(0);
        assertThat(log.getInt(0)).isEqualTo(2);
        assertThat(log.getInt(4)).isEqualTo(3);
        assertThat(log.getInt(8)).isZero();
        assertThat(changed(0).getInt(0)).as("read once").isZero();

        array.units.disconnect(TestArray.HOST_A, 2);
        assertThat(next()).contains(NAMESPACES_CHANGED);
    }

    /** RAE: the log is looked at, and stays. */
    @Test
    void retainingLeavesEventAndLogAsTheyAre() {
        host.setFeature(EVENTS, 0, 0x900);
        array.units.connect(TestArray.HOST_A, 2, array.unit(2, 1 << 20));
        assertThat(next()).isPresent();

        assertThat(changed(RETAIN).getInt(0)).isEqualTo(2);
        array.units.connect(TestArray.HOST_A, 3, array.unit(3, 1 << 20));
        assertThat(next()).isEmpty();
        assertThat(changed(RETAIN).getInt(4)).isEqualTo(3);
        assertThat(changed(0).getInt(4)).isEqualTo(3);
    }

    @Test
    void eachControllerHasItsOwn() {
        TestHost second = array.hostA();
        TestHost other = array.hostB();
        for (TestHost each : new TestHost[] {host, second, other}) {
            each.setFeature(EVENTS, 0, 0x900);
        }
        array.units.connect(TestArray.HOST_A, 2, array.unit(2, 1 << 20));

        assertThat(host.viewer().nextEvent()).isPresent();
        assertThat(changed(0).getInt(0)).isEqualTo(2);
        assertThat(second.viewer().nextEvent()).isPresent();
        assertThat(second.log(CHANGED, 4096).data().getInt(0)).isEqualTo(2);
        assertThat(other.viewer().nextEvent()).as("sees nothing of it").isEmpty();
        assertThat(other.log(CHANGED, 4096).data().getInt(0)).isZero();
    }

    @Test
    void anotherUnitBehindTheSameIdentifierIsAChange() {
        host.setFeature(EVENTS, 0, 0x900);
        array.units.connect(TestArray.HOST_A, 1, array.unit(2, 1 << 20));

        assertThat(next()).contains(NAMESPACES_CHANGED);
        assertThat(changed(0).getInt(0)).isEqualTo(1);
    }

    @Test
    void growthIsTold() {
        host.setFeature(EVENTS, 0, 0x900);
        array.units.sizeChanged(TestArray.HOST_A, 1);

        assertThat(next()).contains(NAMESPACES_CHANGED);
        assertThat(changed(0).getInt(0)).isEqualTo(1);
    }

    @Test
    void whatChangedNothingIsNoNews() {
        host.setFeature(EVENTS, 0, 0x900);
        array.units.unitsChanged(TestArray.HOST_A);

        assertThat(next()).isEmpty();
    }

    /** Figure 208: more than 1024 are told as FFFFFFFFh. */
    @Test
    void tooManyChangesAreToldAsAll() {
        MemoryUnit unit = array.unit(2, 512);
        for (int id = 2; id < 2 + 1024; id++) {
            array.units.connect(TestArray.HOST_A, id, unit);
        }
        assertThat(changed(RETAIN).getInt(4 * 1023)).isEqualTo(1025);
        array.units.connect(TestArray.HOST_A, 2000, unit);

        ByteBuffer log = changed(0);
        assertThat(log.getInt(0)).isEqualTo(0xFFFF_FFFF);
        assertThat(log.getInt(4)).isZero();
    }

    @Test
    void whoHasGoneIsNotToldAnyMore() {
        host.setFeature(EVENTS, 0, 0x900);
        array.viewers.leave(host.viewer());
        array.units.connect(TestArray.HOST_A, 2, array.unit(2, 1 << 20));

        assertThat(host.viewer().nextEvent()).isEmpty();
    }

    /** Notice 03h, log page 0Ch: as Linux decodes it. */
    @Test
    void changesOfAccessAreToldToWhomWantsThem() {
        host.viewer().raise(AsyncEvent.ACCESS_CHANGED);
        assertThat(next()).isEmpty();
        host.setFeature(EVENTS, 0, 0x800);
        host.viewer().raise(AsyncEvent.ACCESS_CHANGED);

        assertThat(next()).contains(0x000C_0302L);
        host.viewer().raise(AsyncEvent.ACCESS_CHANGED);
        assertThat(next()).as("masked").isEmpty();
        host.log(0x0C, 4096);
        host.viewer().raise(AsyncEvent.ACCESS_CHANGED);
        assertThat(next()).contains(0x000C_0302L);
    }

    private Optional<Long> next() {
        int before = host.rung;
        Optional<Long> event = host.viewer().nextEvent().map(AsyncEvent::result);
        assertThat(event.isEmpty() || before > 0).as("the bell was rung").isTrue();
        return event;
    }

    private ByteBuffer changed(int flags) {
        TestHost.Answer answer = host.log(CHANGED, flags, 4096, 0);
        assertThat(answer.code()).isZero();
        return answer.data();
    }
}
