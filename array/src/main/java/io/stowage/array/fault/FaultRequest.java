package io.stowage.array.fault;

import io.stowage.array.core.Glob;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.nvme.command.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The line that asks for a switch, such as {@code {"on": "volumes", "do": "busy", "times": 3}}. */
final class FaultRequest {
    private static final Set<String> COMMON = Set.of("on", "do", "times", "after", "ms", Controls.PERSONALITY);
    private static final Set<String> REST = Set.of("method", "name", "status", "message", "context");
    private static final Set<String> NVME = Set.of("namespace", "volume", "host", "portal", "status");
    private static final Set<String> SCSI = Set.of("lun", "volume", "host", "portal", "status", "sense");
    private static final String KINDS = "one of delay, error, drop-before, drop-after, busy, expire, full";

    /** 10 minutes: longer than anybody's time-out. */
    private static final long LONGEST_DELAY = 600_000;

    /** Status code type and code. */
    private static final int HIGHEST_STATUS = 0x7FF;

    private static final int DO_NOT_RETRY = 0x4000;
    private static final long HIGHEST_NAMESPACE = 0xFFFF_FFFFL;
    private static final int HIGHEST_LUN = 16_383;
    private static final Sense HARDWARE_FAILURE = new Sense(Sense.HARDWARE_ERROR, 0x4400);
    private static final Pattern SENSE = Pattern.compile("([0-9a-fA-F])/([0-9a-fA-F]{2})/([0-9a-fA-F]{2})");

    /** What an array says with each status when nothing else is asked for. */
    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "Operation failed.",
            401, "Invalid session.",
            403, "Permission denied.",
            404, "Not found.",
            500, "Internal error.",
            503, "Service unavailable.");

    private final ObjectNode json;
    private final Keys keys;
    private final Surroundings surroundings;
    private final List<Surroundings> personalities;

    /**
     * A request for a switch.
     *
     * @param surroundings of the personality that is meant
     * @param personalities all that are served, whose volumes and hosts may be named
     */
    FaultRequest(ObjectNode json, Surroundings surroundings, List<Surroundings> personalities) {
        this.json = json;
        this.keys = new Keys(json);
        this.surroundings = surroundings;
        this.personalities = json.has(Controls.PERSONALITY) ? List.of(surroundings) : personalities;
    }

    /** Sets the switch under this number. */
    void apply(Faults faults, long id) throws BadControl {
        var on = keys.requiredText("on");
        if (NvmeNames.isNvme(on)) {
            keys.allow("an NVMe command", COMMON, NVME);
            faults.nvme().add(of(id, nvmeMatch(on), nvmeOutcome()));
        } else if (ScsiNames.isScsi(on)) {
            keys.allow("a SCSI command", COMMON, SCSI);
            faults.scsi().add(of(id, scsiMatch(on), scsiOutcome()));
        } else {
            keys.allow("an API path", COMMON, REST);
            faults.rest(surroundings.personality()).add(of(id, restMatch(on), restOutcome()));
        }
    }

    private <C, O> FaultSwitch<C, O> of(long id, Predicate<C> match, O outcome) throws BadControl {
        var delay = keys.number("ms", 0, LONGEST_DELAY).orElse(0L);
        if (delay == 0 && kind().equals("delay")) {
            throw new BadControl("\"delay\" needs \"ms\", the milliseconds to wait.");
        }
        return new FaultSwitch<>(
                id,
                json,
                match,
                new Fault<>(Duration.ofMillis(delay), outcome),
                keys.number("after", 0, Integer.MAX_VALUE).orElse(0L),
                keys.number("times", 1, Integer.MAX_VALUE).orElse(FaultSwitch.FOREVER));
    }

    private String kind() throws BadControl {
        return keys.requiredText("do");
    }

    private Predicate<RestCall> restMatch(String on) throws BadControl {
        var path = Glob.of(on.replaceFirst("^/?api/(?:2\\.[0-9]+/|v1/)?", ""));
        if (surroundings.paths().stream().noneMatch(path::matches)) {
            throw new BadControl(
                    "Invalid value \"%s\" for \"on\": neither a path of the API, such as \"volumes\" or".formatted(on)
                            + " \"volumes/*\", nor a SCSI command, such as \"WRITE(10)\", \"WRITE(*)\" or \"0x2a\".");
        }
        var method = keys.text("method").map(text -> text.toUpperCase(Locale.ROOT));
        var name = keys.text("name").map(Glob::of);
        return call -> path.matches(call.path())
                && method.filter(only -> !only.equals(call.method())).isEmpty()
                && name.filter(only -> call.objects().stream().noneMatch(only::matches))
                        .isEmpty();
    }

    private RestOutcome restOutcome() throws BadControl {
        var kind = kind();
        keys.onlyFor(kind, "error", "message", "context");
        return switch (kind) {
            case "delay" -> new RestOutcome.Proceed();
            case "error" -> {
                var status = keys.number("status", 400, 599).orElse(500L).intValue();
                var message = keys.text("message").orElse(MESSAGES.getOrDefault(status, "Operation failed."));
                yield new RestOutcome.Refuse(status, keys.text("context").orElse(null), message);
            }
            case "drop-before" -> new RestOutcome.DropBefore();
            case "drop-after" -> new RestOutcome.DropAfter();
            case "busy" -> {
                var status = keys.number("status", 0, 999).orElse(429L).intValue();
                if (status != 429 && status != 503) {
                    throw BadControl.invalid("status", status, "429 or 503 when \"do\" is \"busy\"");
                }
                yield new RestOutcome.Busy(status);
            }
            case "expire" -> new RestOutcome.Expire();
            case "full" -> new RestOutcome.Full();
            default -> throw BadControl.invalid("do", Keys.quoted(kind), KINDS);
        };
    }

    private Predicate<ScsiCall> scsiMatch(String on) throws BadControl {
        var command = ScsiNames.parse(on)
                .orElseThrow(() -> new BadControl(
                        "No SCSI command is called \"%s\": give a name such as \"WRITE(10)\" or a code such as \"0x2a\"."
                                .formatted(on)));
        var lun = keys.number("lun", 0, HIGHEST_LUN);
        var place = unitMatch();
        return call ->
                command.test(call) && lun.filter(only -> only != call.lun()).isEmpty() && place.test(call);
    }

    private Predicate<NvmeCall> nvmeMatch(String on) throws BadControl {
        var command = NvmeNames.parse(on)
                .orElseThrow(() -> new BadControl(
                        "No NVMe command is called \"%s\": give a name such as \"NVMe Write\" or a code such as \"NVMe 0x01\"."
                                .formatted(on)));
        var namespace = keys.number("namespace", 0, HIGHEST_NAMESPACE);
        var place = unitMatch();
        return call -> command.test(call)
                && namespace.filter(only -> only != call.namespace()).isEmpty()
                && place.test(call);
    }

    /** By which portal, to which volume, of which host. */
    private Predicate<UnitCall> unitMatch() throws BadControl {
        var volume = keys.text("volume");
        var host = keys.text("host");
        var portal = keys.text("portal");
        return call -> portal.filter(only -> !only.equals(call.portal())).isEmpty()
                && volume.filter(only -> !isVolume(only, call.serial())).isEmpty()
                && host.filter(only -> !isHost(only, call.host())).isEmpty();
    }

    private NvmeOutcome nvmeOutcome() throws BadControl {
        var kind = kind();
        keys.onlyFor(kind, "error", "status");
        return switch (kind) {
            case "delay" -> new NvmeOutcome.Proceed();
            case "error" -> new NvmeOutcome.Refuse(nvmeStatus());
            case "drop-before" -> new NvmeOutcome.DropBefore();
            case "drop-after" -> new NvmeOutcome.DropAfter();
            case "busy" -> new NvmeOutcome.Refuse(Status.NAMESPACE_NOT_READY);
            case "full" -> new NvmeOutcome.Refuse(Status.CAPACITY_EXCEEDED);
            case "expire" -> throw new BadControl("NVMe has no sessions to \"expire\": use \"drop-before\".");
            default -> throw BadControl.invalid("do", Keys.quoted(kind), KINDS);
        };
    }

    /** As kernels print it: the status code type with the code, and 4000h where it is not to be tried again. */
    private Status nvmeStatus() throws BadControl {
        var text = keys.text("status");
        if (text.isEmpty()) {
            return new Status(Status.INTERNAL_ERROR.field() | DO_NOT_RETRY);
        }
        try {
            var field = Integer.decode(text.get());
            if (field > 0 && (field & ~(HIGHEST_STATUS | DO_NOT_RETRY)) == 0) {
                return new Status(field);
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw BadControl.invalid(
                "status", Keys.quoted(text.get()), "a code such as \"0x281\", or \"0x4281\" not to be tried again");
    }

    private boolean isVolume(String nameOrSerial, Optional<String> serial) {
        return serial.isPresent()
                && (serial.get().equalsIgnoreCase(nameOrSerial)
                        || personalities.stream()
                                .anyMatch(each -> each.serialOf(nameOrSerial).equals(serial)));
    }

    private boolean isHost(String nameOrInitiator, String initiator) {
        return initiator.equalsIgnoreCase(nameOrInitiator)
                || personalities.stream().anyMatch(each -> each.isOfHost(nameOrInitiator, initiator));
    }

    private ScsiOutcome scsiOutcome() throws BadControl {
        var kind = kind();
        keys.onlyFor(kind, "error", "sense");
        keys.onlyFor(kind, "busy", "status");
        return switch (kind) {
            case "delay" -> new ScsiOutcome.Proceed();
            case "error" -> new ScsiOutcome.Refuse(sense());
            case "drop-before" -> new ScsiOutcome.DropBefore();
            case "drop-after" -> new ScsiOutcome.DropAfter();
            case "busy" ->
                switch (keys.text("status").orElse("BUSY")) {
                    case "BUSY" -> new ScsiOutcome.Busy(ScsiStatus.BUSY);
                    case "TASK SET FULL" -> new ScsiOutcome.Busy(ScsiStatus.TASK_SET_FULL);
                    case String other ->
                        throw BadControl.invalid("status", Keys.quoted(other), "\"BUSY\" or \"TASK SET FULL\"");
                };
            case "full" -> new ScsiOutcome.Refuse(Sense.OUT_OF_SPACE);
            case "expire" -> throw new BadControl("SCSI has no sessions to \"expire\": use \"drop-before\".");
            default -> throw BadControl.invalid("do", Keys.quoted(kind), KINDS);
        };
    }

    private Sense sense() throws BadControl {
        Optional<String> text = keys.text("sense");
        if (text.isEmpty()) {
            return HARDWARE_FAILURE;
        }
        var match = SENSE.matcher(text.get());
        if (!match.matches()) {
            throw BadControl.invalid(
                    "sense", Keys.quoted(text.get()), "KEY/ASC/ASCQ in hexadecimal digits, such as \"3/11/00\"");
        }
        return new Sense(Integer.parseInt(match.group(1), 16), Integer.parseInt(match.group(2) + match.group(3), 16));
    }
}
