package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Destructible;
import io.stowage.array.core.Draft;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.Setting;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may be eradicated by hand, and how long destroyed objects wait until they go by themselves
 * ({@code arrays.eradication_config}).
 *
 * @param manual whether anything may be eradicated by hand
 * @param enabledDelay how long an object waits that may be
 * @param disabledDelay how long one waits that may not be
 */
record SafeMode(boolean manual, Duration enabledDelay, Duration disabledDelay) {
    private static final String MANUAL = "eradication.manual";
    private static final String ENABLED_DELAY = "eradication.delay";
    private static final String DISABLED_DELAY = "eradication.disabled-delay";

    /** The attribute of a pod in which nothing may be eradicated by hand. */
    private static final String POD_MANUAL = "manual_eradication";

    private static final Duration DEFAULT_DELAY = Duration.ofDays(1);
    private static final int MOST_DAYS = 30;

    /** {@code eradication_config} is split, and tells of single objects, from this version on. */
    private static final int SPLIT_SINCE = 26;

    private static final String DELAY = "eradication_delay";
    private static final String ENABLED = "enabled_delay";
    private static final String DISABLED = "disabled_delay";

    static SafeMode of(Objects objects) {
        return new SafeMode(
                objects.setting(MANUAL).map(Boolean::parseBoolean).orElse(true),
                objects.setting(ENABLED_DELAY).map(Duration::parse).orElse(DEFAULT_DELAY),
                objects.setting(DISABLED_DELAY).map(Duration::parse).orElse(DEFAULT_DELAY));
    }

    void save(Draft draft) {
        draft.put(new Setting(MANUAL, Boolean.toString(manual)));
        draft.put(new Setting(ENABLED_DELAY, enabledDelay.toString()));
        draft.put(new Setting(DISABLED_DELAY, disabledDelay.toString()));
    }

    SafeMode withManual(boolean other) {
        return new SafeMode(other, enabledDelay, disabledDelay);
    }

    /** A pod in which things may or may not be eradicated by hand. */
    static Container withManual(Container pod, boolean manual) {
        var attributes = new HashMap<>(pod.attributes());
        attributes.put(POD_MANUAL, Boolean.toString(manual));
        return pod.withAttributes(attributes);
    }

    /** When an object that is destroyed now goes by itself. */
    static Instant end(Draft draft, Destructible object) {
        var safeMode = of(draft.objects());
        return draft.after(allows(draft.objects(), object) ? safeMode.enabledDelay : safeMode.disabledDelay);
    }

    /** @throws Refusal the object may not be eradicated by hand */
    static void require(Objects objects, Destructible object) {
        if (!allows(objects, object)) {
            throw Refusal.of(Wording.ERADICATION_DISABLED);
        }
    }

    /** Whether the object may be eradicated by hand. */
    static boolean allows(Objects objects, Destructible object) {
        return of(objects).manual
                && switch (object) {
                    case Container pod -> allowsIn(pod) && !hasLockedGroup(objects, pod);
                    case VolumeGroup group ->
                        allowsIn(objects, group.container())
                                && objects.volumesOf(group.id()).stream().noneMatch(one -> isLocked(objects, one));
                    case Volume volume -> allowsIn(objects, volume.container()) && !isLocked(objects, volume);
                    case Snapshot snapshot -> allowsSnapshot(objects, snapshot);
                    case ProtectionGroup group ->
                        allowsIn(objects, group.container())
                                && !group.protection().isLocked();
                    case GroupSnapshot snapshot ->
                        objects.protectionGroup(snapshot.group())
                                .filter(group -> !allows(objects, group))
                                .isEmpty();
                };
    }

    private static boolean allowsSnapshot(Objects objects, Snapshot snapshot) {
        return objects.volume(snapshot.volume())
                        .filter(volume -> !allowsIn(objects, volume.container()) || isMemberOfLocked(objects, volume))
                        .isEmpty()
                && !isPartOfLocked(objects, snapshot);
    }

    /** Whether a locked group protects the volume itself, or snapshots that would go with it. */
    private static boolean isLocked(Objects objects, Volume volume) {
        return isMemberOfLocked(objects, volume)
                || objects.snapshotsOf(volume.id()).stream().anyMatch(part -> isPartOfLocked(objects, part));
    }

    private static boolean isMemberOfLocked(Objects objects, Volume volume) {
        return objects.membershipsOf(volume.id()).stream()
                .flatMap(membership -> objects.protectionGroup(membership.group()).stream())
                .anyMatch(group -> group.protection().isLocked());
    }

    private static boolean isPartOfLocked(Objects objects, Snapshot snapshot) {
        return snapshot.partOf()
                .flatMap(objects::groupSnapshot)
                .flatMap(whole -> objects.protectionGroup(whole.group()))
                .filter(group -> group.protection().isLocked())
                .isPresent();
    }

    private static boolean hasLockedGroup(Objects objects, Container pod) {
        return objects.protectionGroupsIn(Optional.of(pod.id())).stream()
                .anyMatch(group -> group.protection().isLocked());
    }

    private static boolean allowsIn(Objects objects, Optional<UUID> pod) {
        return pod.flatMap(objects::container).filter(one -> !allowsIn(one)).isEmpty();
    }

    private static boolean allowsIn(Container pod) {
        return Boolean.parseBoolean(pod.attributes().getOrDefault(POD_MANUAL, "true"));
    }

    /** {@code eradication_config} of the array. */
    static ObjectNode describe(Objects objects, ApiVersion version) {
        var safeMode = of(objects);
        var partially = version.isAtLeast(SPLIT_SINCE)
                && (objects.containers().stream().anyMatch(pod -> !allowsIn(pod))
                        || objects.protectionGroups().stream()
                                .anyMatch(group -> group.protection().isLocked()));
        var config = Json.object().put("manual_eradication", mode(safeMode.manual, partially));
        if (safeMode.enabledDelay.equals(safeMode.disabledDelay)) {
            config.put(DELAY, safeMode.enabledDelay.toMillis());
        } else {
            config.putNull(DELAY); // there is no one delay for all
        }
        if (version.isAtLeast(SPLIT_SINCE)) {
            config.put(ENABLED, safeMode.enabledDelay.toMillis()).put(DISABLED, safeMode.disabledDelay.toMillis());
        }
        return config;
    }

    /** {@code eradication_config} of a pod. */
    static ObjectNode describe(Objects objects, Container pod) {
        return Json.object()
                .put("manual_eradication", mode(of(objects).manual && allowsIn(pod), hasLockedGroup(objects, pod)));
    }

    /** {@code eradication_config} of a protection group. */
    static ObjectNode describe(Objects objects, ProtectionGroup group) {
        return Json.object().put("manual_eradication", allows(objects, group) ? "enabled" : "disabled");
    }

    private static String mode(boolean enabled, boolean partiallyDisabled) {
        if (!enabled) {
            return "all-disabled";
        }
        return partiallyDisabled ? "partially-disabled" : "all-enabled";
    }

    /** With the delays of a body's {@code eradication_config}; whether anything is eradicated by hand is not for users. */
    SafeMode updated(Body config, ApiVersion version) {
        if (config.has("manual_eradication")) {
            throw Refusal.of(ProtectionWording.readOnly("manual_eradication"));
        }
        var isSplit = version.isAtLeast(SPLIT_SINCE);
        config.requireAny(isSplit ? new String[] {DELAY, ENABLED, DISABLED} : new String[] {DELAY});
        var both = delay(config, DELAY);
        var enabled = isSplit ? delay(config, ENABLED) : Optional.<Duration>empty();
        var disabled = isSplit ? delay(config, DISABLED) : Optional.<Duration>empty();
        if (both.isPresent() && (enabled.isPresent() || disabled.isPresent())) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        if (both.isPresent() && !enabledDelay.equals(disabledDelay)) {
            throw Refusal.of(ProtectionWording.DELAYS_DIFFER);
        }
        return new SafeMode(
                manual,
                both.or(() -> enabled).orElse(enabledDelay),
                both.or(() -> disabled).orElse(disabledDelay));
    }

    /** 1 to 30 days, rounded down to whole ones. */
    private static Optional<Duration> delay(Body config, String key) {
        return config.number(key).map(millis -> {
            var days = Math.floorDiv(millis, Duration.ofDays(1).toMillis());
            if (days < 1 || days > MOST_DAYS) {
                throw Refusal.of(ProtectionWording.ERADICATION_DELAY);
            }
            return Duration.ofDays(days);
        });
    }
}
