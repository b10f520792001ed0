package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.web.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes as they are shown (section 6). Numbers are always there, for clients that unbox them. */
final class VolumeView {
    /** What queries may ask for. */
    static final Set<String> QUERIED = Set.of(
            "id", "name", "uuid", "wwn", "nguid", "copyOf", "userCPG", "snapCPG", "provisioningType", "copyType");

    private static final int SHORT_NAME = 31;
    private static final int BASE = 1;
    private static final int PHYSICAL_COPY = 2;
    private static final int VIRTUAL_COPY = 3;
    private static final int NORMAL = 1;
    private static final int FAILED = 3;
    private static final int COPY_FAILED = 9;
    private static final int PROMOTING = 12;
    private static final int COPY_TARGET = 13;
    private static final int COPY_SOURCE = 20;
    private static final int YES = 1;
    private static final int NOT_APPLICABLE = 3;
    private static final int NO_REMOTE_COPY = 1;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Estate estate;

    VolumeView(Estate estate) {
        this.estate = estate;
    }

    /** What queries may ask for, which is cheap to tell. */
    ObjectNode queried(Objects objects, Volume volume) {
        var traits = Traits.of(volume);
        var json = Json.object()
                .put("id", traits.number())
                .put("name", volume.name())
                .put("uuid", volume.id().toString())
                .put("wwn", wwn(volume))
                .put("nguid", nguid(volume))
                .put("userCPG", Cpgs.of(objects, volume).name())
                .put("provisioningType", provisioningType(volume, traits))
                .put("copyType", copyType(objects, volume));
        copyOf(objects, volume).ifPresent(source -> json.put("copyOf", source.name()));
        snapCpg(objects, traits).ifPresent(cpg -> json.put("snapCPG", cpg.name()));
        return json;
    }

    ObjectNode json(Objects objects, Volume volume) {
        var traits = Traits.of(volume);
        var json = Json.object()
                .put("id", traits.number())
                .put("uuid", volume.id().toString())
                .put("name", volume.name())
                .put("shortName", shortName(volume))
                .put("provisioningType", provisioningType(volume, traits))
                .put("copyType", copyType(objects, volume));
        relations(objects, volume, json);
        json.put("readOnly", volume.readOnly());
        state(objects, volume, traits, json);
        json.put("deduplicationState", reduction(traits)).put("compressionState", reduction(traits));
        space(objects, volume, json);
        json.put("wwn", wwn(volume)).put("nguid", nguid(volume));
        time(json, "creationTime", volume.created());
        traits.expires().ifPresent(end -> time(json, "expirationTime", end));
        traits.retained().ifPresent(end -> time(json, "retentionTime", end));
        Thresholds.describe(traits, json);
        json.set("policies", Policies.json(traits));
        json.put("userCPG", Cpgs.of(objects, volume).name());
        snapCpg(objects, traits).ifPresent(cpg -> json.put("snapCPG", cpg.name()));
        traits.text(Traits.COMMENT).ifPresent(text -> json.put("comment", text));
        return json.put("udid", traits.number()).put("rcopyStatus", NO_REMOTE_COPY);
    }

    private static String shortName(Volume volume) {
        return volume.name().substring(0, Math.min(SHORT_NAME, volume.name().length()));
    }

    private static int provisioningType(Volume volume, Traits traits) {
        return Volumes.isSnapshot(volume)
                ? Provisioning.SNAPSHOT
                : traits.provisioning().number();
    }

    private static int copyType(Objects objects, Volume volume) {
        if (Volumes.isSnapshot(volume)) {
            return VIRTUAL_COPY;
        }
        return Volumes.isPhysicalCopy(objects, volume) ? PHYSICAL_COPY : BASE;
    }

    /** The parent of a snapshot, or the source of a physical copy. */
    static Optional<Volume> copyOf(Objects objects, Volume volume) {
        return volume.parent().flatMap(objects::volume).or(() -> Volumes.copiedFrom(objects, volume));
    }

    private static void relations(Objects objects, Volume volume, ObjectNode json) {
        copyOf(objects, volume).ifPresent(source -> json.put("copyOf", source.name()));
        json.put("baseId", Volumes.number(Volumes.base(objects, volume)));
        volume.parent().flatMap(objects::volume).ifPresent(parent -> json.put("parentId", Volumes.number(parent)));
        Volumes.copiedFrom(objects, volume).ifPresent(source -> json.put("physParentId", Volumes.number(source)));
        var children = objects.childrenOf(volume.id());
        firstChild(children, true).ifPresent(child -> json.put("roChildId", Volumes.number(child)));
        firstChild(children, false).ifPresent(child -> json.put("rwChildId", Volumes.number(child)));
    }

    private static Optional<Volume> firstChild(List<Volume> children, boolean readOnly) {
        return children.stream().filter(child -> child.readOnly() == readOnly).findFirst();
    }

    private static void state(Objects objects, Volume volume, Traits traits, ObjectNode json) {
        json.put("state", traits.isCopyFailed() ? FAILED : NORMAL);
        var failed = json.putArray("failedStates");
        if (traits.isCopyFailed()) {
            failed.add(COPY_FAILED);
        }
        json.putArray("degradedStates");
        additional(objects, volume, json.putArray("additionalStates"));
    }

    private static void additional(Objects objects, Volume volume, ArrayNode states) {
        for (var task : objects.jobsOn(volume.id())) {
            if (Promotion.isPromotion(task)) {
                states.add(PROMOTING);
            } else if (!Tuning.isTuning(task)) {
                states.add(PhysicalCopies.isTarget(task, volume) ? COPY_TARGET : COPY_SOURCE);
            }
        }
    }

    private static int reduction(Traits traits) {
        return traits.provisioning() == Provisioning.REDUCED ? YES : NOT_APPLICABLE;
    }

    /**
     * A base volume uses what was written to it, and what only its snapshots hold besides; a snapshot by itself only what
     * would come back with it.
     */
    private void space(Objects objects, Volume volume, ObjectNode json) {
        var usage = estate.usage();
        var written = usage.written(volume);
        var user = Volumes.isSnapshot(volume) ? 0 : written;
        var snapshots = Volumes.isSnapshot(volume) ? usage.exclusive(volume) : held(objects, usage, volume);
        json.set("adminSpace", space(0));
        json.set("snapshotSpace", space(snapshots));
        json.set("userSpace", space(user));
        var used = Sizes.mib(user) + Sizes.mib(snapshots);
        json.put("totalReservedMiB", used)
                .put("totalUsedMiB", used)
                .put("sizeMiB", volume.sizeBytes() / Sizes.MIB)
                .put("hostWriteMiB", Sizes.mib(written));
        var efficiency = json.putObject("capacityEfficiency");
        efficiency.put("compaction", user == 0 ? 0.0 : hundredths((double) volume.sizeBytes() / user));
        efficiency.put("deduplication", 0.0);
    }

    private static long held(Objects objects, Usage usage, Volume volume) {
        return objects.childrenOf(volume.id()).stream()
                .mapToLong(usage::exclusive)
                .sum();
    }

    private static ObjectNode space(long bytes) {
        var mib = Sizes.mib(bytes);
        return Json.object()
                .put("reservedMiB", mib)
                .put("rawReservedMiB", mib)
                .put("usedMiB", mib)
                .put("freeMiB", 0);
    }

    private static double hundredths(double ratio) {
        return Math.round(ratio * 100) / 100.0;
    }

    static String wwn(Volume volume) {
        return volume.identity().naa().toUpperCase(Locale.ROOT);
    }

    static String nguid(Volume volume) {
        return volume.identity().nguid().toUpperCase(Locale.ROOT);
    }

    private static Optional<Container> snapCpg(Objects objects, Traits traits) {
        return traits.snapCpg().flatMap(objects::container);
    }

    /** Twice, as the API tells every time. */
    static void time(ObjectNode json, String name, Instant time) {
        json.put(name + "Sec", time.getEpochSecond()).put(name + "8601", TIME.format(time));
    }
}
