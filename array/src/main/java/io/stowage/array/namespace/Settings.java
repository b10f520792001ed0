package io.stowage.array.namespace;

import io.stowage.nvme.command.Feature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a host has set for one controller; a new controller begins with the defaults. Base 2.0, section 5.27. */
final class Settings {
    /** As in the temperatures that Identify Controller tells: 343 K. */
    static final int WARNING_KELVIN = 343;

    /** Where the second value of {@link Feature#TEMPERATURE} is kept. */
    static final int UNDER_TEMPERATURE = 0x100 | Feature.TEMPERATURE;

    private static final Map<Integer, Integer> DEFAULTS =
            Map.of(Feature.WRITE_CACHE, 1, Feature.TEMPERATURE, WARNING_KELVIN);

    private final Map<Integer, Integer> values = new ConcurrentHashMap<>();
    private volatile boolean writesThrough;

    /** What dword 11 was when it was set, or the default. */
    int value(int feature) {
        return values.getOrDefault(feature, defaultOf(feature));
    }

    void set(int feature, int value) {
        values.put(feature, value);
        if (feature == Feature.WRITE_CACHE) {
            writesThrough = (value & 1) == 0;
        }
    }

    /** Whether the host has switched the volatile write cache off. */
    boolean writesThrough() {
        return writesThrough;
    }

    static int defaultOf(int feature) {
        return DEFAULTS.getOrDefault(feature, 0);
    }
}
