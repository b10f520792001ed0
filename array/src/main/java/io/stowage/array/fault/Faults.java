package io.stowage.array.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All switches that are set, one board for each front end. A new one has none. */
public final class Faults {
    private final Map<String, Switchboard<RestCall, RestOutcome>> rest = new ConcurrentHashMap<>();
    private final Switchboard<ScsiCall, ScsiOutcome> scsi = new Switchboard<>();
    private final Switchboard<NvmeCall, NvmeOutcome> nvme = new Switchboard<>();

    /** For the management requests of one personality. */
    public Switchboard<RestCall, RestOutcome> rest(String personality) {
        return rest.computeIfAbsent(personality, _ -> new Switchboard<>());
    }

    /** For SCSI commands. */
    public Switchboard<ScsiCall, ScsiOutcome> scsi() {
        return scsi;
    }

    /** For NVMe commands. */
    public Switchboard<NvmeCall, NvmeOutcome> nvme() {
        return nvme;
    }

    /** The switches of all boards. */
    List<FaultSwitch<?, ?>> all() {
        return boards().<FaultSwitch<?, ?>>flatMap(board -> board.all().stream())
                .toList();
    }

    /** Takes switches away; returns how many. */
    int remove(Predicate<FaultSwitch<?, ?>> which) {
        return boards().mapToInt(board -> board.remove(which::test)).sum();
    }

    private Stream<Switchboard<?, ?>> boards() {
        return Stream.concat(rest.values().stream(), Stream.of(scsi, nvme));
    }
}
