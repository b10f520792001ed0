package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** CPGs as they are shown (section 5). */
final class CpgView {
    /** What queries may ask for. */
    static final Set<String> QUERIED = Set.of("id", "uuid", "name", "domain", "state");

    private static final long MIB = 1 << 20;
    private static final int NORMAL = 1;
    private static final int USUAL_INCREMENT_MIB = 8192;

    /** RAID 6 of six data and two parity chunklets: what is used takes a third more on the drives. */
    private static final long RAW_NUMERATOR = 4;

    private static final long RAW_DENOMINATOR = 3;

    private final Estate estate;

    CpgView(Estate estate) {
        this.estate = estate;
    }

    ObjectNode json(Objects objects, Container cpg) {
        var usage = estate.usage();
        var volumes = Cpgs.volumes(objects, cpg).toList();
        var bases = volumes.stream().filter(volume -> volume.parent().isEmpty()).toList();
        long user = bases.stream().mapToLong(usage::written).sum();
        long snapshots = volumes.stream()
                .filter(volume -> volume.parent().isPresent())
                .mapToLong(usage::exclusive)
                .sum();
        long reduced = bases.stream().filter(Cpgs::isReduced).count();
        var json = Json.object()
                .put("id", Integer.parseInt(cpg.attributes().getOrDefault(Cpgs.NUMBER, "0")))
                .put("uuid", cpg.id().toString())
                .put("name", cpg.name())
                .put("shortName", cpg.name())
                .put("numFPVVs", 0)
                .put("numTPVVs", bases.size() - reduced)
                .put("numTDVVs", reduced);
        json.set("UsrUsage", used(user));
        json.set("SAUsage", used(0));
        json.set("SDUsage", used(snapshots));
        json.set("SAGrowth", growth(cpg, Optional.empty()));
        json.set("SDGrowth", growth(cpg, limit(usage, cpg)));
        json.set(
                "privateSpaceMiB",
                Json.object()
                        .put("base", mib(user))
                        .put("rawBase", raw(user))
                        .put("snapshot", mib(snapshots))
                        .put("rawSnapshot", raw(snapshots)));
        json.put("sharedSpaceMiB", 0)
                .put("rawSharedSpaceMiB", 0)
                .put("freeSpaceMiB", 0)
                .put("rawFreeSpaceMiB", 0)
                .put("totalSpaceMiB", mib(user + snapshots))
                .put("rawTotalSpaceMiB", raw(user + snapshots))
                .put("state", NORMAL);
        json.putArray("failedStates");
        json.putArray("degradedStates");
        json.putArray("additionalStates");
        return json.put("dedupCapable", true).put("tdvvVersion", 3).put("ddsRsvdMiB", 0);
    }

    /** The first CPG shows the array's capacity for a limit of its own: clients take that for theirs. */
    private static Optional<Long> limit(Usage usage, Container cpg) {
        return cpg.quota()
                .or(() -> cpg.name().equals(Cpgs.DEFAULT)
                        ? Optional.of(usage.ofArray().capacity())
                        : Optional.empty());
    }

    private static ObjectNode used(long bytes) {
        return Json.object()
                .put("totalMiB", mib(bytes))
                .put("rawTotalMiB", raw(bytes))
                .put("usedMiB", mib(bytes))
                .put("rawUsedMiB", raw(bytes));
    }

    private static ObjectNode growth(Container cpg, Optional<Long> limit) {
        var json = Json.object()
                .put(
                        "incrementMiB",
                        cpg.attributes().containsKey(Cpgs.INCREMENT)
                                ? Long.parseLong(cpg.attributes().get(Cpgs.INCREMENT))
                                : USUAL_INCREMENT_MIB);
        limit.ifPresent(bytes -> json.put("limitMiB", bytes / MIB));
        Optional.ofNullable(cpg.attributes().get(Cpgs.WARNING))
                .ifPresent(warning -> json.put("warningMiB", Long.parseLong(warning)));
        json.set("LDLayout", Layout.json(cpg));
        return json;
    }

    private static long mib(long bytes) {
        return Math.ceilDiv(bytes, MIB);
    }

    private static long raw(long bytes) {
        return mib(bytes * RAW_NUMERATOR / RAW_DENOMINATOR);
    }

    /** Bytes that a CPG's volumes have provisioned together. */
    static long provisioned(Objects objects, Container cpg) {
        return Cpgs.volumes(objects, cpg).mapToLong(Volume::sizeBytes).sum();
    }
}
