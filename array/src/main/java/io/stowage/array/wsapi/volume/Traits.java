package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.cpg.Cpgs;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What this personality knows of a volume beyond the core: its attributes, with their meaning. */
final class Traits {
    static final String COMMENT = "comment";
    static final String SNAP_CPG = "snapCpg";

    private static final String NUMBER = "number";
    private static final String PROVISIONING = "provisioning";
    private static final String EXPIRES = "expires";
    private static final String RETAINED = "retained";
    private static final String COPIED_FROM = "copiedFrom";
    private static final String COPY_FAILED = "copyFailed";

    private final Map<String, String> attributes;

    private Traits(Map<String, String> attributes) {
        this.attributes = Map.copyOf(attributes);
    }

    static Traits of(Volume volume) {
        return new Traits(volume.attributes());
    }

    /** Of a new volume in this CPG. */
    static Traits of(int number, UUID cpg, Provisioning provisioning) {
        return new Traits(Map.of(
                NUMBER, Integer.toString(number), Cpgs.OF_VOLUME, cpg.toString(), PROVISIONING, provisioning.name()));
    }

    /** The volume with these traits. */
    Volume on(Volume volume) {
        return volume.withAttributes(attributes);
    }

    /** The {@code id}. */
    int number() {
        return Integer.parseInt(attributes.getOrDefault(NUMBER, "0"));
    }

    /** The user CPG's id. */
    UUID cpg() {
        return text(Cpgs.OF_VOLUME).map(UUID::fromString).orElseThrow();
    }

    Provisioning provisioning() {
        return Provisioning.valueOf(attributes.getOrDefault(PROVISIONING, Provisioning.THIN.name()));
    }

    Traits withProvisioning(Provisioning provisioning) {
        return with(PROVISIONING, provisioning.name());
    }

    Traits withCpg(UUID cpg) {
        return with(Cpgs.OF_VOLUME, cpg.toString());
    }

    Optional<UUID> snapCpg() {
        return text(SNAP_CPG).map(UUID::fromString);
    }

    /** After this the array may remove the volume by itself. */
    Optional<Instant> expires() {
        return text(EXPIRES).map(Instant::parse);
    }

    Traits withExpires(Optional<Instant> end) {
        return with(EXPIRES, end.map(Instant::toString));
    }

    /** Until then nobody may remove the volume. */
    Optional<Instant> retained() {
        return text(RETAINED).map(Instant::parse);
    }

    Traits withRetained(Optional<Instant> end) {
        return with(RETAINED, end.map(Instant::toString));
    }

    boolean isRetained(Instant now) {
        return retained().filter(now::isBefore).isPresent();
    }

    /** The volume of which it is a physical copy that can be synchronized again. */
    Optional<UUID> copiedFrom() {
        return text(COPIED_FROM).map(UUID::fromString);
    }

    Traits withCopiedFrom(Optional<UUID> source) {
        return with(COPIED_FROM, source.map(UUID::toString));
    }

    /** Whether a copy onto it was cancelled, and none has come to its end since. */
    boolean isCopyFailed() {
        return text(COPY_FAILED).isPresent();
    }

    Traits withCopyFailed(boolean failed) {
        return with(COPY_FAILED, failed ? Optional.of("true") : Optional.empty());
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    Traits with(String key, String value) {
        return with(key, Optional.of(value));
    }

    /** Without the key if there is no value. */
    Traits with(String key, Optional<String> value) {
        var changed = new HashMap<>(attributes);
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        return new Traits(changed);
    }
}
