package io.stowage.engine.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request that the drivers send to an array's management meets trouble in turn: what was asked for is done, or refused
 * with the array's own words and undone; nothing is left behind, and the same works afterwards. Nobody notices an expired
 * session or a busy array. What there is before and afterwards is the same with each vendor.
 * By default each request is refused once and meets one trouble more, that the seed chooses; with
 * {@code -Dstowage.soak=true} all.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
            Installation installation = Installation.open(vendor, folder.resolve(vendor.name()));
            INSTALLATIONS.put(vendor, installation);
            // The first time the array is asked for its portals too.
            Deed.ATTACH.prepare(installation.engine());
            Deed.ATTACH.act(installation.engine());
        }
    }

    @AfterAll
    static void end() {
        INSTALLATIONS.values().forEach(Installation::close);
        INSTALLATIONS.clear();
        LOGGER.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestMayMeetTrouble(Deed deed) {
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
        for (int at = 0; at < requests; at++) {
            Trouble chosen = Trouble.values()[random.nextInt(Trouble.values().length)];
            for (Trouble trouble : Trouble.values()) {
                // What is refused tells how it is undone, so that is tried with each request.
                if (SOAK || trouble == Trouble.REFUSED || trouble == chosen) {
                    String where = "%s %s, request %d of %d %s".formatted(vendor, deed, at + 1, requests, trouble);
                    try {
                        trial(installation, deed, trouble, at, before, after);
                    } catch (AssertionError | RuntimeException e) {
                        failures.add("%s (-Dstowage.seed=%d): %s".formatted(where, SEED, e));
                    }
                }
            }
        }
        return new Course(before, after);
    }

    private static void trial(
            Installation installation, Deed deed, Trouble trouble, int at, List<String> before, List<String> after) {
        Deed.clear(installation.engine());
        deed.prepare(installation.engine());
        boolean done = false;
        boolean missed;
        installation.control(trouble.after(at));
        try {
            deed.act(installation.engine());
            done = true;
        } catch (Refused e) {
            assertThat(trouble.isBorne())
                    .as("who asked hears of it: %s", e.getMessage())
                    .isFalse();
            if (trouble == Trouble.REFUSED) {
                assertThat(e.getMessage()).contains(Trouble.WORDS);
            } else {
                assertThat(e.getMessage()).contains("does not answer");
            }
        } finally {
            // Records of what was done are written after the answer.
            installation.engine().settle();
            missed = installation.isTroubleAhead();
            installation.control("{\"clear\": true}");
        }
        assertThat(missed).as("no request met it").isFalse();
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
    }
}
