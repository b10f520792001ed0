package io.stowage.tests.kernel;

import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Linux' initiators on volumes of each combination, as an operator uses them by hand; all in one boot. */
@Timeout(value = 1800, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class KernelHostsTest {
    private static final int MEBIBYTES = 256;
    private static final int GROWN = 512;

    @TempDir
    Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<String> addresses = ArrayInABox.addresses("127.100.", 2);
    private ArrayInABox array;
    private Combination combination = Combination.values()[0];

    @BeforeEach
    void start() {
        array = ArrayInABox.start(folder.resolve("array"), "16GiB", ArrayInABox.ALL, addresses);
        running.add(array::kill);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
    }

    @Test
    void initiatorsFindUseAndGrowVolumes() throws Exception {
        Path share = Files.createDirectory(folder.resolve("share"));
        List<String> all = Arrays.stream(Combination.values()).map(Enum::name).toList();
        try (Machine machine = Machine.start(share, "hosts", all)) {
            running.add(machine);
            machine.serve(this::outside);
        }
    }

    /** What the script asks for. */
    private String outside(String request) {
        String[] words = request.split(" ");
        try {
            return switch (words[0]) {
                case "begin" -> begin(Combination.valueOf(words[1]), words[2], words[3]);
                case "more" -> more();
                case "grow" -> grow();
                case "restart" -> restart();
                default -> "FAILED: nobody knows how to " + request;
            };
        } catch (RuntimeException | AssertionError e) {
            return "FAILED: " + e.getMessage();
        }
    }

    private ArrayApi administrator() {
        return array.administrator(combination.vendor());
    }

    private String name(String what) {
        return what + combination.ordinal();
    }

    /** A volume for a new host object: the protocol, the target, the disk's name and the addresses. */
    private String begin(Combination next, String initiator, String hostNqn) {
        combination = next;
        Protocol protocol = next.protocol();
        try (ArrayApi api = administrator()) {
            api.createVolume(name("data"), MEBIBYTES);
            api.createHost(name("vm"), protocol, protocol == Protocol.NVME ? hostNqn : initiator);
            api.connect(name("vm"), name("data"));
            return protocol.name().toLowerCase(Locale.ROOT) + " " + api.target(name("vm"), protocol) + " "
                    + api.link(name("data"), protocol) + " "
                    + addresses.stream().collect(Collectors.joining(" "));
        }
    }

    /** One more volume for the same host: its disk's name. */
    private String more() {
        try (ArrayApi api = administrator()) {
            api.createVolume(name("more"), MEBIBYTES);
            api.connect(name("vm"), name("more"));
            return api.link(name("more"), combination.protocol());
        }
    }

    private String grow() {
        try (ArrayApi api = administrator()) {
            api.grow(name("data"), GROWN);
        }
        return String.valueOf((long) GROWN << 20);
    }

    private String restart() {
        array.kill();
        array.restart();
        return "ready";
    }
}
