package io.stowage.array.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes as in NVM Command Set 1.0, figure 15, and Base 2.0, figure 138. */
class NvmeNamesTest {
    @ParameterizedTest
    @CsvSource({
        "NVMe Read, false, 2, true",
        "NVME READ, false, 2, true",
        "nvme 0x02, false, 2, true",
        "NVMe Read, true, 2, false", // Get Log Page
        "NVMe Get Log Page, true, 2, true",
        "NVMe Get LBA Status, true, 134, true",
        "NVMe Write*, false, 1, true",
        "NVMe Write*, false, 8, true",
        "NVMe Write*, false, 2, false",
        "NVMe *, false, 9, true",
        "NVMe *, true, 6, true"
    })
    void names(String on, boolean admin, int opcode, boolean meant) {
        var call = new NvmeCall(admin, opcode, 1, Optional.empty(), "nqn.2014-08.org.nvmexpress:x", "127.0.0.1:4420");
        assertThat(NvmeNames.isNvme(on)).isTrue();
        assertThat(NvmeNames.parse(on).orElseThrow().test(call)).isEqualTo(meant);
    }

    @Test
    void otherThings() {
        assertThat(NvmeNames.isNvme("WRITE(10)")).isFalse();
        assertThat(NvmeNames.isNvme("volumes")).isFalse();
        assertThat(NvmeNames.parse("NVMe Format")).isEmpty();
    }
}
