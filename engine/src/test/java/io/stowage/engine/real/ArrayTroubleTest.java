package io.stowage.engine.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each request that the drivers send to an array's management meets trouble in turn: what was asked for is done, or refused
 * with the array's own words and undone; nothing is left behind, and the same works afterwards. Nobody notices an expired
 * session or a busy array. What there is before and afterwards is the same with each vendor.
 * By default every other request of a deed meets one trouble, that the seed chooses, over one protocol; with
 * {@code -Dstowage.soak=true} each meets all, over both.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrayTroubleTest {
    private static final Logger LOGGER = Logger.getLogger("io.stowage");
    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final long SEED = Long.getLong("stowage.seed", 1);

    private static final Map<Vendor, Installation> INSTALLATIONS = new EnumMap<>(Vendor.class);

    @TempDir
    static Path folder;

    private final Random random = new Random(SEED);
    private final List<String> failures = new ArrayList<>();

    /** What comes of a deed; how many requests it takes, and which of them may be repeated, is each vendor's own. */
    private record Course(List<String> before, List<String> after) {}

    @BeforeAll
    static void begin() throws Exception {
        LOGGER.setLevel(Level.OFF);
        for (Vendor vendor : Vendor.values()) {
            INSTALLATIONS.put(vendor, Installation.open(vendor, folder.resolve(vendor.name())));
        }
    }

    @AfterAll
    static void end() {
        INSTALLATIONS.values().forEach(Installation::close);
        INSTALLATIONS.clear();
        LOGGER.setLevel(null);
    }

    /** Pools are made anew for another protocol, so one comes after the other. */
    static Stream<Arguments> deeds() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of(Deed.values())
                        .filter(deed -> SOAK || Math.floorMod(deed.ordinal() + SEED, 2) == protocol.ordinal())
                        .map(deed -> Arguments.of(deed, protocol)));
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void eachRequestMayMeetTrouble(Deed deed, Protocol protocol) throws IOException {
        for (Installation installation : INSTALLATIONS.values()) {
            installation.speak(protocol);
        }
        Map<Vendor, Course> courses = new EnumMap<>(Vendor.class);
        INSTALLATIONS.forEach((vendor, installation) -> courses.put(vendor, course(vendor, installation, deed)));
        assertThat(failures).isEmpty();
        assertThat(courses.get(Vendor.ALLETRA)).as("as with the other vendor").isEqualTo(courses.get(Vendor.PURE));
    }

    private Course course(Vendor vendor, Installation installation, Deed deed) {
        Deed.clear(installation.engine());
        deed.prepare(installation.engine());
        List<String> before = installation.view();
        installation.takeRequests();
        deed.act(installation.engine());
        int requests = installation.takeRequests();
        List<String> after = installation.view();
        installation.check();
        int stride = SOAK ? 1 : 2;
        for (int at = requests > 1 ? Math.floorMod(SEED, stride) : 0; at < requests; at += stride) {
            // What is refused tells how it is undone, so that is tried more often than the others.
            Trouble chosen = random.nextInt(3) == 0
                    ? Trouble.REFUSED
                    : Trouble.values()[random.nextInt(Trouble.values().length)];
            for (Trouble trouble : Trouble.values()) {
                if (SOAK || trouble == chosen) {
                    String where = "%s %s, request %d of %d %s".formatted(vendor, deed, at + 1, requests, trouble);
                    try {
                        // A host object that could not be taken away before saves requests, once.
                        if (!trial(installation, deed, trouble, at, before, after)) {
                            assertThat(trial(installation, deed, trouble, at, before, after))
                                    .as("a request met it")
                                    .isTrue();
                        }
                    } catch (AssertionError | RuntimeException e) {
                        failures.add("%s (-Dstowage.seed=%d): %s".formatted(where, SEED, e));
                    }
                }
            }
        }
        return new Course(before, after);
    }

    /** @return whether a request met it */
    private static boolean trial(
            Installation installation, Deed deed, Trouble trouble, int at, List<String> before, List<String> after) {
        Deed.clear(installation.engine());
        deed.prepare(installation.engine());
        boolean done = false;
        boolean met;
        installation.control(trouble.after(at));
        try {
            deed.act(installation.engine());
            done = true;
        } catch (Refused e) {
            String said = String.valueOf(e.getMessage());
            // Who looks at an array for the first time, and logs in, has no session that could end.
            boolean senseless = trouble == Trouble.EXPIRED && deed == Deed.CREATE_POOL;
            if (!senseless) {
                assertThat(trouble.isBorne())
                        .as("who asked hears of it: %s", said)
                        .isFalse();
                assertThat(said).containsIgnoringCase(trouble.told());
            }
        } finally {
            // Records of what was done are written after the answer.
            installation.engine().settle();
            met = !installation.isTroubleAhead();
            installation.control("{\"clear\": true}");
        }
        installation.engine().settle();
        installation.check();
        List<String> now = installation.view();
        if (done) {
            assertThat(now).as("what was said to be done").isEqualTo(after);
        } else if (!now.equals(after)) {
            assertThat(now).as("what was refused").isEqualTo(before);
            deed.act(installation.engine());
            installation.check();
            assertThat(installation.view()).as("the same again").isEqualTo(after);
        }
        return met;
    }
}
