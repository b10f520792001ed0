package io.stowage.nvme.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Offsets as in {@code struct nvme_common_command} and {@code struct nvme_completion} of Linux. */
class EntriesTest {
    @Test
    void aReadLooksAsLinuxSendsIt() {
        var entry = new SubmissionEntry()
                .opcode(2)
                .commandId(0x1234)
                .namespace(7)
                .data(SubmissionEntry.BY_TRANSPORT, 0x2000)
                .dwords(10, 0x1_0000_0008L)
                .dword(12, 15);

        assertThat(HexFormat.of().formatHex(bytes(entry.bytes())))
                .isEqualTo("02403412" + "07000000" + "00".repeat(16) // opcode, flags, id; nsid; cdw2..3, metadata
                        + "0000000000000000" + "00200000" + "0000005a" // SGL
                        + "0800000001000000" + "0f000000" + "00".repeat(12));
        assertThat(entry.copy().bytes()).isEqualTo(entry.bytes());
        assertThat(entry.pointsBySgl()).isTrue();
        assertThat(entry.dwords(10)).isEqualTo(0x1_0000_0008L);
    }

    @Test
    void aCompletionHasItsStatusAboveThePhaseTag() {
        var buffer = ByteBuffer.allocate(CompletionEntry.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var entry = new CompletionEntry(0x1_0000_0002L, 3, 4, 5, Status.INVALID_FIELD);
        entry.write(buffer);

        // Invalid Field in Command has the do-not-retry bit (0x4002), shifted by the phase tag.
        assertThat(HexFormat.of().formatHex(buffer.array()))
                .isEqualTo("0200000001000000" + "0300" + "0400" + "0500" + "0480");
        assertThat(CompletionEntry.parse(buffer, 0)).isEqualTo(entry);
        assertThat(Status.COMPARE_FAILURE.type()).isEqualTo(2);
        assertThat(Status.INTERNAL_ERROR.isFinal()).isFalse();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
