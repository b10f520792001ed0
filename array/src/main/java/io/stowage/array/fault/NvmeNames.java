package io.stowage.array.fault;

import io.stowage.nvme.command.AdminOpcode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The names of NVMe commands, as the specifications write them behind the word NVMe, and what is meant by them. */
final class NvmeNames {
    private static final Pattern FORM = Pattern.compile("(?i)nvme +(.+)");
    private static final Pattern HEX = Pattern.compile("0[xX]([0-9a-fA-F]{1,2})");
    private static final Map<String, Code> CODES = codes();

    private record Code(boolean admin, int opcode) {
        boolean is(NvmeCall call) {
            return call.admin() == admin && call.opcode() == opcode;
        }
    }

    private NvmeNames() {}

    /** Whether this is meant to name NVMe commands. */
    static boolean isNvme(String on) {
        return FORM.matcher(on).matches();
    }

    /**
     * Which commands are meant: {@code NVMe *} for all, a name such as {@code NVMe Write}, names with a star, or the code
     * of an I/O command such as {@code NVMe 0x02}. Capitals count nothing.
     */
    static Optional<Predicate<NvmeCall>> parse(String on) {
        var form = FORM.matcher(on);
        if (!form.matches()) {
            return Optional.empty();
        }
        var wanted = form.group(1).strip();
        if (wanted.equals("*")) {
            return Optional.of(_ -> true);
        }
        var hex = HEX.matcher(wanted);
        if (hex.matches()) {
            return Optional.of(new Code(false, Integer.parseInt(hex.group(1), 16))::is);
        }
        return CodeNames.meant(CODES, wanted.toLowerCase(Locale.ROOT), Code::is);
    }

    /** Base 2.0, figure 138; NVM Command Set 1.0, figure 15. */
    private static Map<String, Code> codes() {
        var codes = new HashMap<String, Code>();
        codes.put("flush", new Code(false, 0x00));
        codes.put("write", new Code(false, 0x01));
        codes.put("read", new Code(false, 0x02));
        codes.put("compare", new Code(false, 0x05));
        codes.put("write zeroes", new Code(false, 0x08));
        codes.put("dataset management", new Code(false, 0x09));
        codes.put("verify", new Code(false, 0x0C));
        codes.put("reservation register", new Code(false, 0x0D));
        codes.put("reservation report", new Code(false, 0x0E));
        codes.put("reservation acquire", new Code(false, 0x11));
        codes.put("reservation release", new Code(false, 0x15));
        codes.put("copy", new Code(false, 0x19));
        codes.put("get log page", new Code(true, AdminOpcode.GET_LOG_PAGE));
        codes.put("identify", new Code(true, AdminOpcode.IDENTIFY));
        codes.put("set features", new Code(true, AdminOpcode.SET_FEATURES));
        codes.put("get features", new Code(true, AdminOpcode.GET_FEATURES));
        codes.put("get lba status", new Code(true, AdminOpcode.GET_LBA_STATUS));
        return Map.copyOf(codes);
    }
}
