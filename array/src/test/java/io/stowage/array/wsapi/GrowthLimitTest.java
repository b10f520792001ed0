package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.LogicalUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code growthLimitMiB} of a CPG (section 5): beyond it hosts find no space, in that CPG only. */
class GrowthLimitTest {
    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    /** The array looks once a second; what a host holds already it may write again. */
    @Test
    void hostsFindNoSpaceBeyondTheLimit() {
        lab.make("cpgs", "{'name': 'small', 'growthLimitMiB': 1}");
        lab.make("volumes", "{'name': 'v', 'cpg': 'small', 'sizeMiB': 256, 'tpvv': true}");
        lab.make("volumes", "{'name': 'w', 'cpg': 'small', 'sizeMiB': 256, 'tpvv': true}");
        lab.create("other", 256);
        for (int mib = 0; mib < 128; mib++) {
            lab.write("v", mib, 1); // 4 KiB each
        }
        lab.measure();
        lab.write("v", 128, 1);
        for (int mib = 129; mib < 256; mib++) {
            lab.write("v", mib, 1);
        }
        lab.measure();
        for (var full : new String[] {"v", "w"}) {
            assertThatThrownBy(() -> lab.write(full, 1, 2, LogicalUnit.BLOCK_BYTES * 16))
                    .hasCauseInstanceOf(LogicalUnit.OutOfSpace.class);
        }
        lab.write("v", 1, 3);
        lab.write("other", 1, 3);
        assertThat(lab.bytes("v", 1, 255)).containsExactly(3, 1);
        assertThat(lab.refused("POST", "volumes", "{'name': 'x', 'cpg': 'small', 'sizeMiB': 256, 'tpvv': true}"))
                .isEqualTo("400 24");

        lab.put("cpgs/small", "{'growthLimitMiB': 2}");
        lab.measure();
        lab.write("w", 1, 2);
        assertThat(lab.bytes("w", 1)).containsExactly(2);
    }
}
