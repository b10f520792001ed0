package io.stowage.array.wsapi.system;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.EstateCheck;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.store.Finding;
import io.stowage.array.wsapi.rest.Account;
import io.stowage.array.wsapi.rest.Role;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who this array is; made once and kept in the store.
 *
 * @param account of the user who may do everything
 * @param browser of the user who may only look
 * @param number the serial number of the system, from 1 to 16777215: it is part of the names of ports and volumes
 */
public record Identity(UUID id, Account account, Account browser, int number) {
    private static final String ADMIN = "3paradm";
    private static final String BROWSER = "3parbrowse";

    private static final String ID = "array.id";
    private static final String PASSWORD = "api.password";
    private static final String BROWSER_PASSWORD = "api.browser.password";
    private static final String NUMBER = "array.number";
    private static final int NUMBERS = 1 << 24;
    private static final int PASSWORD_BYTES = 12;

    /** The IEEE company id of 3PAR, with the digit that says what kind of identifier begins with it. */
    private static final String NAA_PREFIX = "60002ac";

    /** Makes the identity unless it is there. */
    public static Identity ensure(Estate estate) {
        return estate.read(objects -> objects.setting(BROWSER_PASSWORD)).isPresent()
                ? estate.read(Identity::load)
                : estate.change(Identity::make);
    }

    private static Identity load(Objects objects) {
        return new Identity(
                UUID.fromString(objects.setting(ID).orElseThrow()),
                new Account(ADMIN, objects.setting(PASSWORD).orElseThrow(), Role.SUPER),
                new Account(BROWSER, objects.setting(BROWSER_PASSWORD).orElseThrow(), Role.BROWSE),
                Integer.parseInt(objects.setting(NUMBER).orElseThrow()));
    }

    /** Makes what isn't there: states of earlier versions have no browser. */
    private static Identity make(Draft draft) {
        var random = new SecureRandom();
        ensure(draft, ID, UUID.randomUUID().toString());
        ensure(draft, PASSWORD, password(random));
        ensure(draft, BROWSER_PASSWORD, password(random));
        ensure(draft, NUMBER, Integer.toString(random.nextInt(1, NUMBERS)));
        return load(draft.objects());
    }

    private static void ensure(Draft draft, String name, String value) {
        if (draft.objects().setting(name).isEmpty()) {
            draft.put(new Setting(name, value));
        }
    }

    private static String password(SecureRandom random) {
        var password = new byte[PASSWORD_BYTES];
        random.nextBytes(password);
        return HexFormat.of().formatHex(password);
    }

    /** What is missing of the identity that was kept. */
    public static List<Finding> check(EstateCheck kept) {
        return Stream.of(ID, PASSWORD, BROWSER_PASSWORD, NUMBER)
                .filter(name ->
                        kept.setting(name).filter(value -> isWhole(name, value)).isEmpty())
                .map(name -> new Finding("identity of the array", name + " is missing or damaged"))
                .toList();
    }

    private static boolean isWhole(String name, String value) {
        return switch (name) {
            case ID -> value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            case PASSWORD, BROWSER_PASSWORD -> value.matches("[0-9a-f]{24}");
            default -> value.matches("[1-9][0-9]{0,7}");
        };
    }

    /** Of all portals: clients take the name of the one they ask for that of all. */
    public String iqn() {
        return "iqn.2000-05.com.3pardata:2181" + portSuffix();
    }

    /** The last digits of the names of nodes and ports. */
    public String portSuffix() {
        return "0002ac%06x".formatted(number);
    }

    /** As the system shows it. */
    public String serialNumber() {
        return "USE%07d".formatted(number % 10_000_000);
    }

    /**
     * How a new volume presents itself to hosts: nothing of it was used before.
     *
     * @param volume its number, 0 or more, which may have been that of another volume before
     */
    public UnitIdentity newUnit(Draft draft, int volume) {
        var birth = Numbers.next(draft, "birth");
        var naa = NAA_PREFIX + "%09x%08x%08x".formatted(birth, volume, number);
        return new UnitIdentity("3PARdata", "VV", "3213", "%06X%08X".formatted(number, birth), naa);
    }

    @Override
    public String toString() {
        return id.toString(); // never the password
    }
}
