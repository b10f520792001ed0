package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import java.time.Duration;

/** What an administrator may set on the array as a whole; kept in the store, with the defaults of real arrays. */
record ArraySettings(String name, Duration eradicationDelay, Duration idleTimeout, boolean manualEradication) {
    private static final String NAME = "array.name";
    private static final String DELAY = "eradication.delay";
    private static final String IDLE = "idle.timeout";
    private static final String MANUAL = "eradication.manual";

    static ArraySettings of(Objects objects) {
        return new ArraySettings(
                objects.setting(NAME).orElse("flasharray"),
                objects.setting(DELAY).map(Duration::parse).orElse(Duration.ofDays(1)),
                objects.setting(IDLE).map(Duration::parse).orElse(Duration.ofHours(1)),
                objects.setting(MANUAL).map(Boolean::parseBoolean).orElse(true));
    }

    void save(Draft draft) {
        draft.put(new Setting(NAME, name));
        draft.put(new Setting(DELAY, eradicationDelay.toString()));
        draft.put(new Setting(IDLE, idleTimeout.toString()));
        draft.put(new Setting(MANUAL, Boolean.toString(manualEradication)));
    }

    ArraySettings withName(String other) {
        return new ArraySettings(other, eradicationDelay, idleTimeout, manualEradication);
    }

    ArraySettings withEradicationDelay(Duration other) {
        return new ArraySettings(name, other, idleTimeout, manualEradication);
    }

    ArraySettings withIdleTimeout(Duration other) {
        return new ArraySettings(name, eradicationDelay, other, manualEradication);
    }

    /** Without it, destroyed objects stay until their time has come (SafeMode). */
    ArraySettings withManualEradication(boolean other) {
        return new ArraySettings(name, eradicationDelay, idleTimeout, other);
    }

    /** As {@code eradication_config.manual_eradication} says it. */
    String eradicationMode() {
        return manualEradication ? "all-enabled" : "all-disabled";
    }
}
