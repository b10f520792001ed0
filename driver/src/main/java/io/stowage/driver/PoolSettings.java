package io.stowage.driver;

import io.stowage.model.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a driver needs to open the array behind a pool.
 *
 * @param pool the pool's name, which the array-side pool bears too
 * @param config the pool's configuration, valid by {@link ArrayDriver#validate}
 * @param secrets the only folder that {@code file:PATH} values are read from
 */
public record PoolSettings(String pool, Map<String, String> config, Path secrets) {
    private static final String FILE = "file:";
    private static final int LARGEST = 1 << 20;

    /** Whether the value only names the file that holds the real one. */
    public static boolean isFile(String value) {
        return value.startsWith(FILE);
    }

    /** The key's value; empty if unset. */
    public String value(String key) {
        return config.getOrDefault(key, "");
    }

    /**
     * The key's value, or the content of the file that it names as {@code file:PATH}.
     *
     * @throws InvalidValue if the file is not below the folder of secrets, can't be read, or is larger than 1 MiB
     */
    public String text(String key) {
        var value = value(key);
        if (!isFile(value)) return value;
        var given = value.substring(FILE.length());
        try {
            var folder = secrets.toRealPath();
            var file = folder.resolve(given).toRealPath();
            if (!file.startsWith(folder))
                throw new InvalidValue("The file \"%s\" of key \"%s\" is not below %s".formatted(given, key, folder));
            if (Files.size(file) > LARGEST)
                throw new InvalidValue("The file \"%s\" of key \"%s\" is larger than 1 MiB".formatted(given, key));
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidValue(
                    "The file \"%s\" of key \"%s\" can't be read below %s".formatted(given, key, secrets));
        }
    }

    /** Without the values: they may be secret. */
    @Override
    public String toString() {
        return "PoolSettings[" + pool + ", " + config.keySet() + "]";
    }
}
