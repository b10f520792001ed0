package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.EstateCheck;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.store.Finding;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who this array is; made once and kept in the store.
 *
 * @param suffix 16 hexadecimal digits, the end of its IQN and its NQN
 */
record Identity(UUID id, String apiToken, String suffix) {
    /** The one user. */
    static final String ADMIN = "pureuser";

    private static final String ID = "array.id";
    private static final String TOKEN = "api.token";
    private static final String SUFFIX = "array.suffix";
    private static final String NEXT_SERIAL = "serial.next";

    private static final String FIRST_SERIAL = "00011000";

    /** The IEEE company id of Pure Storage with what its arrays put before the serial number. */
    private static final String NAA_PREFIX = "624a9370";

    static Identity ensure(Estate estate) {
        return estate.read(objects -> objects.setting(ID)).isPresent()
                ? estate.read(Identity::load)
                : estate.change(Identity::make);
    }

    private static Identity load(Objects objects) {
        return new Identity(
                UUID.fromString(objects.setting(ID).orElseThrow()),
                objects.setting(TOKEN).orElseThrow(),
                objects.setting(SUFFIX).orElseThrow());
    }

    /** What is missing of the identity that was kept. */
    static List<Finding> check(EstateCheck kept) {
        return Stream.of(ID, TOKEN, SUFFIX, NEXT_SERIAL)
                .filter(name ->
                        kept.setting(name).filter(value -> isWhole(name, value)).isEmpty())
                .map(name -> new Finding("identity of the array", name + " is missing or damaged"))
                .toList();
    }

    private static boolean isWhole(String name, String value) {
        return switch (name) {
            case ID, TOKEN -> value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            case SUFFIX -> value.matches("[0-9a-f]{16}");
            default -> value.matches("[0-9A-F]{8}");
        };
    }

    private static Identity make(Draft draft) {
        var random = new byte[8];
        new SecureRandom().nextBytes(random);
        draft.put(new Setting(ID, UUID.randomUUID().toString()));
        draft.put(new Setting(TOKEN, UUID.randomUUID().toString()));
        draft.put(new Setting(SUFFIX, HexFormat.of().formatHex(random)));
        draft.put(new Setting(NEXT_SERIAL, FIRST_SERIAL));
        return load(draft.objects());
    }

    String iqn() {
        return "iqn.2010-06.com.purestorage:flasharray." + suffix;
    }

    String nqn() {
        return "nqn.2010-06.com.purestorage:flasharray." + suffix;
    }

    /** The array's own, 16 digits. */
    String serial() {
        return id.toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    }

    /** A serial number that was never used before: 16 digits of the array's id and a counter. */
    String nextSerial(Draft draft) {
        var counter = draft.objects().setting(NEXT_SERIAL).orElseThrow();
        var next = HexFormat.fromHexDigits(counter) + 1;
        draft.put(new Setting(NEXT_SERIAL, HexFormat.of().withUpperCase().toHexDigits(next)));
        return serial() + counter;
    }

    /** How the volume with this serial number presents itself to hosts. */
    UnitIdentity unit(String serial) {
        return new UnitIdentity("PURE", "FlashArray", "8888", serial, NAA_PREFIX + serial.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return id.toString(); // never the token
    }
}
