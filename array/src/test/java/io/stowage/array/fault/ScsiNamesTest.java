package io.stowage.array.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codes from SPC-4 and SBC-3. */
class ScsiNamesTest {
    private static List<Integer> opcodes(String on) {
        var command = ScsiNames.parse(on).orElseThrow();
        var opcodes = new ArrayList<Integer>();
        for (int opcode = 0; opcode < 256; opcode++) {
            if (command.test(call(opcode, 0))) {
                opcodes.add(opcode);
            }
        }
        return opcodes;
    }

    private static ScsiCall call(int opcode, int action) {
        return new ScsiCall(opcode, action, 1, Optional.empty(), "iqn.2026-11.io.stowage:host", "127.0.0.1:3260");
    }

    @Test
    void aNameOrACodeMeansItsCommand() {
        assertThat(opcodes("WRITE(10)")).containsExactly(0x2A);
        assertThat(opcodes("0x2a")).containsExactly(0x2A);
        assertThat(opcodes("SYNCHRONIZE CACHE (16)")).containsExactly(0x91);
        assertThat(opcodes("UNMAP")).containsExactly(0x42);
    }

    @Test
    void aStarMeansAllSuchNames() {
        assertThat(opcodes("READ(*)")).containsExactly(0x08, 0x28, 0x88, 0xA8);
        assertThat(opcodes("WRITE(*)")).containsExactly(0x0A, 0x2A, 0x8A, 0xAA);
        assertThat(opcodes("SCSI")).hasSize(256);
    }

    @Test
    void serviceActionsAreToldApart() {
        var capacity = ScsiNames.parse("READ CAPACITY(16)").orElseThrow();
        assertThat(capacity.test(call(0x9E, 0x10))).isTrue();
        assertThat(capacity.test(call(0x9E, 0x12))).isFalse();
        assertThat(ScsiNames.parse("0x9e/0x12").orElseThrow().test(call(0x9E, 0x12)))
                .isTrue();
        assertThat(ScsiNames.parse("0x9e").orElseThrow().test(call(0x9E, 0x12))).isTrue();
    }

    @Test
    void pathsAreNoCommands() {
        assertThat(ScsiNames.isScsi("volumes")).isFalse();
        assertThat(ScsiNames.isScsi("*")).isFalse();
        assertThat(ScsiNames.isScsi("0x2a")).isTrue();
        assertThat(ScsiNames.isScsi("WRITE(10)")).isTrue();
        assertThat(ScsiNames.parse("REWIND")).isEmpty();
    }
}
