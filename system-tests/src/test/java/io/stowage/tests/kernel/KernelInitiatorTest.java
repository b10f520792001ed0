package io.stowage.tests.kernel;

import io.stowage.client.Json;
import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.Endpoint;
import io.stowage.tests.arena.FlashArrayApi;
import io.stowage.tests.arena.Vendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Linux' initiator, device-mapper and multipathd on a volume of the array, as an operator sets them up. */
@Timeout(value = 1800, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class KernelInitiatorTest {
    /** The name that {@code vm-run} gives its machine. */
    private static final String INITIATOR = "iqn.2000-01.test.vm-rig:initiator";

    private static final long SIZE = 256L << 20;
    private static final long GROWN = 384L << 20;

    @TempDir
    Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();
    private ArrayInABox array;

    @BeforeEach
    void start() throws Exception {
        // Addresses that mean the host in the machine too.
        List<String> portals = ArrayInABox.addresses("127.100.", 2);
        array = ArrayInABox.start(folder.resolve("array"), "4GiB", Set.of(Vendor.PURE), portals);
        running.add(array::kill);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
    }

    @Test
    void aMultipathMapSurvivesTheLossOfAPortalAndOfTheArray() throws Exception {
        String serial = ask(api -> {
            api.request("POST", "/volumes?names=data", "{\"provisioned\":" + SIZE + "}");
            api.request("POST", "/hosts?names=vm", "{\"iqns\":[\"" + INITIATOR + "\"]}");
            api.request("PATCH", "/hosts?names=vm", chap("host", "initiator", "initiator-secret"));
            api.request("POST", "/connections?host_names=vm&volume_names=data", "{}");
            return volume(api).get("serial").text();
        });
        List<String> arguments = new ArrayList<>(List.of(endpoint().iqn(), serial));
        arguments.addAll(endpoint().portals());
        Path share = Files.createDirectory(folder.resolve("share"));
        try (Machine machine = Machine.start(share, "multipath", arguments)) {
            running.add(machine);
            machine.serve(this::outside);
        }
    }

    /** What the script asks for. */
    private String outside(String request) {
        return switch (request) {
            case "kill" -> {
                array.kill();
                yield "killed";
            }
            case "restart" -> {
                array.restart();
                yield "ready";
            }
            case "mutual" ->
                ask(api -> api.request("PATCH", "/hosts?names=vm", chap("target", "array", "array-secret-of-its-own"))
                        .text());
            case "grow" ->
                ask(api -> {
                    api.request("PATCH", "/volumes?names=data", "{\"provisioned\":" + GROWN + "}");
                    return volume(api).get("provisioned").text();
                });
            case "connect" ->
                ask(api -> {
                    api.request("POST", "/volumes?names=more", "{\"provisioned\":" + SIZE + "}");
                    return api.request("POST", "/connections?host_names=vm&volume_names=more", "{}")
                            .text();
                });
            case "used" ->
                ask(api -> volume(api).get("space").get("total_physical").text());
            default -> "FAILED: nobody knows how to " + request;
        };
    }

    private Endpoint endpoint() {
        return array.endpoint(Vendor.PURE);
    }

    private String ask(Function<FlashArrayApi, String> question) {
        try (FlashArrayApi api = new FlashArrayApi(endpoint())) {
            return question.apply(api);
        }
    }

    /** @param who proves itself by this: the {@code host} or the {@code target} */
    private static String chap(String who, String user, String password) {
        return "{\"chap\":{\"%1$s_user\":\"%2$s\",\"%1$s_password\":\"%3$s\"}}".formatted(who, user, password);
    }

    private static Json volume(FlashArrayApi api) {
        return api.items("/volumes?names=data").getFirst();
    }
}
