package io.stowage.array.scsi;

import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CopyResult;
import io.stowage.iscsi.scsi.OperationCode;
import io.stowage.iscsi.scsi.PersistentReserve;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What REPORT SUPPORTED OPERATION CODES tells. SPC-4, section 6.35. */
final class SupportedOpcodes {

    /**
     * A command and the bits of its CDB that are looked at.
     *
     * @param usage CDB usage data: byte 0 is the opcode, a service action stands in its place
     */
    private record Command(int opcode, Optional<Integer> serviceAction, byte[] usage) {
        static Command of(String usage) {
            byte[] bytes = HexFormat.of().parseHex(usage);
            return new Command(bytes[0] & 0xFF, Optional.empty(), bytes);
        }

        static Command of(int serviceAction, String usage) {
            byte[] bytes = HexFormat.of().parseHex(usage);
            return new Command(bytes[0] & 0xFF, Optional.of(serviceAction), bytes);
        }
    }

    /** DPO and FUA (18h) stand in each mask of a transfer, as MODE SENSE says DPOFUA. */
    private static final List<Command> COMMANDS = List.of(
            Command.of("000000000000"),
            Command.of("03010000ff00"),
            Command.of("081fffffff00"),
            Command.of("0a1fffffff00"),
            Command.of("1201ffffff00"),
            Command.of("15110000ff00"),
            Command.of("161f00000000"),
            Command.of("171f00000000"),
            Command.of("1a08ffffff00"),
            Command.of("1b010000f700"),
            Command.of("1e0000000300"),
            Command.of("25000000000000000000"),
            Command.of("28f8ffffffff00ffff00"),
            Command.of("2af8ffffffff00ffff00"),
            Command.of("2efeffffffff00ffff00"),
            Command.of("2ffeffffffff00ffff00"),
            Command.of("3402ffffffff00ffff00"),
            Command.of("3502ffffffff00ffff00"),
            Command.of("41f8ffffffff00ffff00"),
            Command.of("42010000000000ffff00"),
            Command.of(Cdb.Sanitize.OVERWRITE, "48810000000000ffff00"),
            Command.of(Cdb.Sanitize.BLOCK_ERASE, "48820000000000ffff00"),
            Command.of(Cdb.Sanitize.CRYPTOGRAPHIC_ERASE, "48830000000000ffff00"),
            Command.of(Cdb.Sanitize.EXIT_FAILURE_MODE, "489f0000000000ffff00"),
            Command.of("4d01ffff00ffffffff00"),
            Command.of("55110000000000ffff00"),
            Command.of("5a18ffff000000ffff00"),
            Command.of(PersistentReserve.READ_KEYS, "5e000000000000ffff00"),
            Command.of(PersistentReserve.READ_RESERVATION, "5e010000000000ffff00"),
            Command.of(PersistentReserve.REPORT_CAPABILITIES, "5e020000000000ffff00"),
            Command.of(PersistentReserve.READ_FULL_STATUS, "5e030000000000ffff00"),
            Command.of(PersistentReserve.REGISTER, "5f00000000ffffffff00"),
            Command.of(PersistentReserve.RESERVE, "5f01ff0000ffffffff00"),
            Command.of(PersistentReserve.RELEASE, "5f02ff0000ffffffff00"),
            Command.of(PersistentReserve.CLEAR, "5f03000000ffffffff00"),
            Command.of(PersistentReserve.PREEMPT, "5f04ff0000ffffffff00"),
            Command.of(PersistentReserve.PREEMPT_AND_ABORT, "5f05ff0000ffffffff00"),
            Command.of(PersistentReserve.REGISTER_AND_IGNORE_KEY, "5f06000000ffffffff00"),
            Command.of(PersistentReserve.REGISTER_AND_MOVE, "5f07000000ffffffff00"),
            Command.of(OperationCode.LID1, "83000000000000000000ffffffff0000"),
            Command.of(CopyResult.STATUS, "8400ff00000000000000ffffffff0000"),
            Command.of(CopyResult.DATA, "8401ff00000000000000ffffffff0000"),
            Command.of(CopyResult.OPERATING_PARAMETERS, "84030000000000000000ffffffff0000"),
            Command.of(CopyResult.FAILED_SEGMENT, "8404ff00000000000000ffffffff0000"),
            Command.of("88f8ffffffffffffffffffffffff0000"),
            Command.of("89f8ffffffffffffffff000000ff0000"),
            Command.of("8af8ffffffffffffffffffffffff0000"),
            Command.of("8bf8ffffffffffffffffffffffff0000"),
            Command.of("8efeffffffffffffffffffffffff0000"),
            Command.of("8ffeffffffffffffffffffffffff0000"),
            Command.of("9002ffffffffffffffffffffffff0000"),
            Command.of("9102ffffffffffffffffffffffff0000"),
            Command.of("93f9ffffffffffffffffffffffff0000"),
            Command.of(OperationCode.READ_CAPACITY_16, "9e100000000000000000ffffffff0000"),
            Command.of(OperationCode.GET_LBA_STATUS, "9e12ffffffffffffffffffffffff0000"),
            Command.of("a000ff000000ffffffff0000"),
            Command.of(OperationCode.REPORT_TARGET_PORT_GROUPS, "a3ea00000000ffffffff0000"),
            Command.of(OperationCode.REPORT_SUPPORTED_OPERATION_CODES, "a30c87ffffffffffffff0000"),
            Command.of("a8f8ffffffffffffffff0000"),
            Command.of("aaf8ffffffffffffffff0000"),
            Command.of("aefeffffffffffffffff0000"),
            Command.of("affeffffffffffffffff0000"));

    private static final int ALL = 0;
    private static final int WITHOUT_ACTION = 1;
    private static final int WITH_ACTION = 2;
    private static final int EITHER = 3;

    private static final int SUPPORTED = 3;
    private static final int UNSUPPORTED = 1;
    private static final int ONE_TIMEOUTS = 0x80;
    private static final int LIST_TIMEOUTS = 0x02;
    private static final int LIST_ACTION = 0x01;
    /** A timeouts descriptor that names none. */
    private static final byte[] NO_TIMEOUTS = {0, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private SupportedOpcodes() {}

    /** The answer, not yet cut to the allocation length; nothing if the reporting options don't fit the opcode. */
    static Optional<ByteBuffer> report(Cdb.ReportSupportedOpcodes request) {
        boolean hasActions = COMMANDS.stream()
                .anyMatch(command -> command.opcode() == request.opcode()
                        && command.serviceAction().isPresent());
        boolean known = COMMANDS.stream().anyMatch(command -> command.opcode() == request.opcode());
        return switch (request.options()) {
            case ALL -> Optional.of(all(request.timeouts()));
            case WITHOUT_ACTION -> hasActions ? Optional.empty() : Optional.of(one(request, false));
            case WITH_ACTION -> known && !hasActions ? Optional.empty() : Optional.of(one(request, true));
            case EITHER -> Optional.of(one(request, hasActions));
            default -> Optional.empty();
        };
    }

    private static ByteBuffer all(boolean timeouts) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (Command command : COMMANDS) {
            int flags =
                    (timeouts ? LIST_TIMEOUTS : 0) | (command.serviceAction().isPresent() ? LIST_ACTION : 0);
            list.writeBytes(ByteBuffer.allocate(8)
                    .put(0, (byte) command.opcode())
                    .putShort(2, command.serviceAction().orElse(0).shortValue())
                    .put(5, (byte) flags)
                    .putShort(6, (short) command.usage().length)
                    .array());
            if (timeouts) {
                list.writeBytes(NO_TIMEOUTS);
            }
        }
        return ByteBuffer.allocate(4 + list.size())
                .putInt(list.size())
                .put(list.toByteArray())
                .flip();
    }

    private static ByteBuffer one(Cdb.ReportSupportedOpcodes request, boolean byAction) {
        Optional<Command> found = COMMANDS.stream()
                .filter(command -> command.opcode() == request.opcode())
                .filter(command -> !byAction
                        || command.serviceAction()
                                .filter(action -> action == request.serviceAction())
                                .isPresent())
                .findFirst();
        if (found.isEmpty()) {
            return ByteBuffer.allocate(4).put(1, (byte) UNSUPPORTED);
        }
        byte[] usage = found.get().usage();
        ByteBuffer data = ByteBuffer.allocate(4 + usage.length + (request.timeouts() ? NO_TIMEOUTS.length : 0));
        data.put((byte) 0)
                .put((byte) (SUPPORTED | (request.timeouts() ? ONE_TIMEOUTS : 0)))
                .putShort((short) usage.length)
                .put(usage);
        return (request.timeouts() ? data.put(NO_TIMEOUTS) : data).flip();
    }
}
