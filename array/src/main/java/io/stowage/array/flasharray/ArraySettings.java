package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import java.time.Duration;

/** What an administrator may set on the array as a whole; kept in the store, with the defaults of real arrays. */
record ArraySettings(String name, Duration idleTimeout) {
    private static final String NAME = "array.name";
    private static final String IDLE = "idle.timeout";

    static ArraySettings of(Objects objects) {
        return new ArraySettings(
                objects.setting(NAME).orElse("flasharray"),
                objects.setting(IDLE).map(Duration::parse).orElse(Duration.ofHours(1)));
    }

    void save(Draft draft) {
        draft.put(new Setting(NAME, name));
        draft.put(new Setting(IDLE, idleTimeout.toString()));
    }

    ArraySettings withName(String other) {
        return new ArraySettings(other, idleTimeout);
    }

    ArraySettings withIdleTimeout(Duration other) {
        return new ArraySettings(name, other);
    }
}
