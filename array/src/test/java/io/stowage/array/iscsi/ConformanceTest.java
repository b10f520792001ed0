package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * libiscsi's conformance suite. It counts a test it skips as passed, so what may be skipped is listed here: a command
 * that falls out of the target by mistake would look green otherwise.
 *
 * <p>Left out are the tests that wait for a time to pass (iSCSIcmdsn, iSCSITMF and all that end in Async); they pass on
 * a quiet machine.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ConformanceTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final long SIZE = 1L << 30;

    private static final List<String> SUITES = List.of(
            "CompareAndWrite",
            "GetLBAStatus",
            "Inquiry",
            "Mandatory",
            "ModeSense6",
            "Prefetch10",
            "Prefetch16",
            "Read6",
            "Read10.Simple",
            "Read10.BeyondEol",
            "Read10.ZeroBlocks",
            "Read10.ReadProtect",
            "Read10.DpoFua",
            "Read12",
            "Read16",
            "ReadCapacity10",
            "ReadCapacity16",
            "ReportSupportedOpcodes",
            "StartStopUnit",
            "TestUnitReady",
            "Unmap",
            "Verify10",
            "Verify12",
            "Verify16",
            "Write10.Simple",
            "Write10.BeyondEol",
            "Write10.ZeroBlocks",
            "Write10.WriteProtect",
            "Write10.DpoFua",
            "Write12",
            "Write16",
            "WriteSame10",
            "WriteSame16",
            "WriteVerify10",
            "WriteVerify12",
            "WriteVerify16");

    /** LBPPB is 1, so nothing can be unaligned; WSNZ refuses 0 blocks; no removable medium. */
    private static final Set<String> SKIPPED = Set.of(
            "CompareAndWrite.InvalidDataOutSize",
            "ModeSense6.Control-SWP",
            "StartStopUnit.Simple",
            "StartStopUnit.PwrCnd",
            "StartStopUnit.NoLoej",
            "WriteSame10.ZeroBlocks",
            "WriteSame10.UnmapUnaligned",
            "WriteSame10.InvalidDataOutSize",
            "WriteSame16.ZeroBlocks",
            "WriteSame16.UnmapUnaligned",
            "WriteSame16.InvalidDataOutSize");

    private static final Pattern SUITE = Pattern.compile("^Suite: (\\S+)");
    private static final Pattern TEST = Pattern.compile("^\\s+Test: (\\S+) \\.\\.\\.");

    @TempDir
    Path folder;

    @Test
    void theSuiteOfLibiscsiPasses() throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-test-cu"));
        TestUnits units = new TestUnits();
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        try (FileUnit unit = new FileUnit(folder.resolve("unit"), SIZE, 1);
                IscsiTarget target = IscsiTarget.start(IQN, List.of(free), units)) {
            units.connect("iqn.2026-11.io.stowage:a", 1, unit);
            units.connect("iqn.2026-11.io.stowage:b", 1, unit);
            String tests = "SCSI." + String.join(",SCSI.", SUITES) + ",iSCSI.iSCSIResiduals,iSCSI.iSCSIdatasn";
            Tool.Result result = Tool.run(
                    folder,
                    "iscsi-test-cu",
                    "-d",
                    "-V",
                    "-i",
                    "iqn.2026-11.io.stowage:a",
                    "-I",
                    "iqn.2026-11.io.stowage:b",
                    "-t",
                    tests,
                    "iscsi://127.0.0.1:" + target.addresses().getFirst().getPort() + "/" + IQN + "/1");

            assertThat(result.status()).as(tail(result.output())).isZero();
            assertThat(skipped(result.output())).isSubsetOf(SKIPPED);
            assertThat(result.output()).contains("Suite: Write16", "Suite: iSCSIResiduals", "Suite: Unmap");
        }
    }

    /** Between tests the runner looks for reservations, which aren't built: that isn't a skipped test. */
    private static Set<String> skipped(String output) {
        Set<String> skipped = new TreeSet<>();
        String suite = "";
        String test = "";
        for (String line : output.lines().toList()) {
            Matcher suiteLine = SUITE.matcher(line);
            Matcher testLine = TEST.matcher(line);
            if (suiteLine.find()) {
                suite = suiteLine.group(1);
            }
            if (testLine.find()) {
                test = testLine.group(1);
            }
            if (line.contains("[SKIPPED]") && !line.contains("PERSISTENT RESERVE IN")) {
                skipped.add(suite + "." + test);
            }
        }
        return skipped;
    }

    private static String tail(String output) {
        List<String> lines = output.lines()
                .filter(line -> line.contains("FAILED") || line.contains("Test:") || line.contains(" - CU_"))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
