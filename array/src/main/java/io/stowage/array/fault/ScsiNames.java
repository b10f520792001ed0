package io.stowage.array.fault;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The names of SCSI commands, as the standards write them, and what is meant by a pattern of them. */
final class ScsiNames {
    /** Stands for all commands. */
    private static final String ANY = "SCSI";

    private static final int ANY_ACTION = -1;
    private static final Pattern HEX = Pattern.compile("0[xX]([0-9a-fA-F]{1,2})(?:/0[xX]([0-9a-fA-F]{1,2}))?");
    private static final Map<String, Code> CODES = codes();

    /** @param action {@link #ANY_ACTION} for commands without service actions */
    private record Code(int opcode, int action) {
        boolean is(ScsiCall call) {
            return call.opcode() == opcode && (action == ANY_ACTION || call.serviceAction() == action);
        }
    }

    private ScsiNames() {}

    /** Whether this is meant to name SCSI commands: it is in capitals or a hexadecimal code. */
    static boolean isScsi(String on) {
        return HEX.matcher(on).matches() || on.matches("[A-Z][^a-z]*");
    }

    /**
     * Which commands are meant: {@code SCSI} for all, a code such as {@code 0x2a} or {@code 0x9e/0x10}, a name such as
     * {@code WRITE(10)}, or names with a star, such as {@code WRITE(*)}. Blanks count nothing.
     */
    static Optional<Predicate<ScsiCall>> parse(String on) {
        if (on.equals(ANY)) {
            return Optional.of(_ -> true);
        }
        var hex = HEX.matcher(on);
        if (hex.matches()) {
            var action = hex.group(2) == null ? ANY_ACTION : Integer.parseInt(hex.group(2), 16);
            return Optional.of(new Code(Integer.parseInt(hex.group(1), 16), action)::is);
        }
        return CodeNames.meant(CODES, withoutBlanks(on), Code::is);
    }

    private static String withoutBlanks(String name) {
        return name.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /** SPC-4, annex E; SBC-3, table 33. */
    private static Map<String, Code> codes() {
        var codes = new HashMap<String, Code>();
        put(codes, 0x00, "TEST UNIT READY");
        put(codes, 0x03, "REQUEST SENSE");
        put(codes, 0x08, "READ(6)");
        put(codes, 0x0A, "WRITE(6)");
        put(codes, 0x12, "INQUIRY");
        put(codes, 0x15, "MODE SELECT(6)");
        put(codes, 0x16, "RESERVE(6)");
        put(codes, 0x17, "RELEASE(6)");
        put(codes, 0x1A, "MODE SENSE(6)");
        put(codes, 0x1B, "START STOP UNIT");
        put(codes, 0x1C, "RECEIVE DIAGNOSTIC RESULTS");
        put(codes, 0x1D, "SEND DIAGNOSTIC");
        put(codes, 0x1E, "PREVENT ALLOW MEDIUM REMOVAL");
        put(codes, 0x25, "READ CAPACITY(10)");
        put(codes, 0x28, "READ(10)");
        put(codes, 0x2A, "WRITE(10)");
        put(codes, 0x2E, "WRITE AND VERIFY(10)");
        put(codes, 0x2F, "VERIFY(10)");
        put(codes, 0x34, "PRE-FETCH(10)");
        put(codes, 0x35, "SYNCHRONIZE CACHE(10)");
        put(codes, 0x37, "READ DEFECT DATA(10)");
        put(codes, 0x3B, "WRITE BUFFER");
        put(codes, 0x3C, "READ BUFFER");
        put(codes, 0x41, "WRITE SAME(10)");
        put(codes, 0x42, "UNMAP");
        put(codes, 0x48, "SANITIZE");
        put(codes, 0x4C, "LOG SELECT");
        put(codes, 0x4D, "LOG SENSE");
        put(codes, 0x55, "MODE SELECT(10)");
        put(codes, 0x56, "RESERVE(10)");
        put(codes, 0x57, "RELEASE(10)");
        put(codes, 0x5A, "MODE SENSE(10)");
        put(codes, 0x5E, "PERSISTENT RESERVE IN");
        put(codes, 0x5F, "PERSISTENT RESERVE OUT");
        put(codes, 0x83, "EXTENDED COPY");
        put(codes, 0x84, "RECEIVE COPY RESULTS");
        put(codes, 0x88, "READ(16)");
        put(codes, 0x89, "COMPARE AND WRITE");
        put(codes, 0x8A, "WRITE(16)");
        put(codes, 0x8B, "ORWRITE(16)");
        put(codes, 0x8E, "WRITE AND VERIFY(16)");
        put(codes, 0x8F, "VERIFY(16)");
        put(codes, 0x90, "PRE-FETCH(16)");
        put(codes, 0x91, "SYNCHRONIZE CACHE(16)");
        put(codes, 0x93, "WRITE SAME(16)");
        put(codes, 0x9C, "WRITE ATOMIC(16)");
        putAction(codes, 0x9E, 0x10, "READ CAPACITY(16)");
        putAction(codes, 0x9E, 0x12, "GET LBA STATUS");
        put(codes, 0xA0, "REPORT LUNS");
        putAction(codes, 0xA3, 0x0A, "REPORT TARGET PORT GROUPS");
        putAction(codes, 0xA3, 0x0C, "REPORT SUPPORTED OPERATION CODES");
        putAction(codes, 0xA3, 0x0D, "REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS");
        putAction(codes, 0xA4, 0x0A, "SET TARGET PORT GROUPS");
        put(codes, 0xA8, "READ(12)");
        put(codes, 0xAA, "WRITE(12)");
        put(codes, 0xAE, "WRITE AND VERIFY(12)");
        put(codes, 0xAF, "VERIFY(12)");
        return Map.copyOf(codes);
    }

    private static void put(Map<String, Code> codes, int opcode, String name) {
        putAction(codes, opcode, ANY_ACTION, name);
    }

    private static void putAction(Map<String, Code> codes, int opcode, int action, String name) {
        codes.put(withoutBlanks(name), new Code(opcode, action));
    }
}
