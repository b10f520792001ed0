package io.stowage.nvme.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Base 2.0, figures 212 and 213. */
class AccessLogTest {
    @Test
    void groupsFollowOneAnother() {
        AccessLog log = new AccessLog(
                7,
                List.of(
                        new AccessLog.Group(1, 5, AccessLog.OPTIMIZED, List.of(3, 9)),
                        new AccessLog.Group(2, 6, AccessLog.INACCESSIBLE, List.of())));

        ByteBuffer page = log.encode();

        byte[] bytes = new byte[page.remaining()];
        page.get(0, bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0700000000000000" + "0200" + "000000000000"
                        + "01000000" + "02000000" + "0500000000000000" + "01" + "00".repeat(15)
                        + "03000000" + "09000000"
                        + "02000000" + "00000000" + "0600000000000000" + "03" + "00".repeat(15));
        assertThat(AccessLog.parse(page)).isEqualTo(log);
        assertThat(AccessLog.bytes(2, 2)).isEqualTo(page.limit());
    }

    @Test
    void aGroupThatIsNotAllThereIsNoGroup() {
        ByteBuffer page = ByteBuffer.allocate(16 + 32 + 4).order(ByteOrder.LITTLE_ENDIAN);
        page.putShort(8, (short) 2).putInt(16, 1).putInt(20, 2);
        assertThat(AccessLog.parse(page).groups()).isEmpty();
        page.putInt(20, 1);
        assertThat(AccessLog.parse(page).groups()).hasSize(1);
        page.putInt(20, -1);
        assertThat(AccessLog.parse(page).groups()).isEmpty();
    }

    @Test
    void aPageHasAHeader() {
        assertThatThrownBy(() -> AccessLog.parse(ByteBuffer.allocate(15))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void anyBytesAreRead(@ForAll @Size(min = 16, max = 300) byte[] bytes) {
        int most = (bytes.length - 16) / 32;
        assertThat(AccessLog.parse(ByteBuffer.wrap(bytes)).groups()).hasSizeLessThanOrEqualTo(most);
    }
}
