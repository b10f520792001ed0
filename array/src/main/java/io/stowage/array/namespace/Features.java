package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.Feature;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Get Features and Set Features; nothing is saved beyond the controller's life. Base 2.0, sections 5.15 and 5.27. */
final class Features {
    private static final int SELECT_DEFAULT = 1;
    private static final int SELECT_SAVED = 2;
    private static final int SELECT_CAPABILITIES = 3;

    private static final int BY_NAMESPACE = 1 << 1;
    private static final int CHANGEABLE = 1 << 2;

    private static final int EVENTS = Feature.NAMESPACE_EVENTS | Feature.ACCESS_EVENTS;

    /** Critical warnings of the health log, bits of feature 0Bh. */
    private static final int HEALTH_EVENTS = 0xFF;

    /** Registration preempted, reservation released, reservation preempted. */
    private static final int NOTIFICATIONS = 0x0E;

    /** TMPSEL of the composite temperature and of all, THSEL of what lies over. */
    private static final int ALL_SENSORS = 0xF;

    private static final int UNDER = 1;

    private final Viewers viewers;

    Features(Viewers viewers) {
        this.viewers = viewers;
    }

    Plan get(Viewer viewer, SubmissionEntry entry) {
        int feature = entry.dword(10) & 0xFF;
        int select = entry.dword(10) >>> 8 & 7;
        if (select > SELECT_CAPABILITIES || !isKnown(feature)) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (select == SELECT_CAPABILITIES) {
            return value((isByNamespace(feature) ? BY_NAMESPACE : 0) | (feature == Feature.HOST_ID ? 0 : CHANGEABLE));
        }
        boolean original = select == SELECT_DEFAULT || select == SELECT_SAVED;
        if (isByNamespace(feature)) {
            Optional<LogicalUnit> unit = NamespaceServer.unit(viewer, entry.namespace());
            return unit.isEmpty()
                    ? new Plan.Refuse(Status.INVALID_NAMESPACE)
                    : value(original ? 0 : valueOf(viewer, entry.namespace(), unit.get(), feature));
        }
        if (feature == Feature.HOST_ID) {
            return hostId(viewer, entry);
        }
        if (feature == Feature.TEMPERATURE && isUnder(entry.dword(11))) {
            return value(original ? 0 : viewer.settings().value(Settings.UNDER_TEMPERATURE));
        }
        return value(original ? Settings.defaultOf(feature) : viewer.settings().value(feature));
    }

    Plan set(Viewer viewer, SubmissionEntry entry) {
        int feature = entry.dword(10) & 0xFF;
        int value = entry.dword(11);
        int id = entry.namespace();
        if (!isKnown(feature)) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (entry.sglLength() != 0) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID); // none of them has data
        }
        if (entry.dword(10) < 0) {
            return new Plan.Refuse(Status.FEATURE_NOT_SAVEABLE);
        }
        if (feature == Feature.HOST_ID) {
            return new Plan.Refuse(Status.COMMAND_SEQUENCE_ERROR); // Connect has told it
        }
        boolean all = id == Identities.EVERY_NAMESPACE;
        if (isByNamespace(feature)) {
            Optional<LogicalUnit> unit = NamespaceServer.unit(viewer, id);
            if (unit.isEmpty() && !all) {
                return new Plan.Refuse(Status.INVALID_NAMESPACE);
            }
            return set(
                    viewer,
                    feature,
                    value,
                    unit.map(List::of)
                            .orElseGet(() -> List.copyOf(viewer.namespaces().values())));
        }
        if (id != 0 && !all) {
            return new Plan.Refuse(Status.FEATURE_NOT_BY_NAMESPACE);
        }
        if (!isValid(feature, value)) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        boolean under = feature == Feature.TEMPERATURE && isUnder(value);
        viewer.settings().set(under ? Settings.UNDER_TEMPERATURE : feature, value);
        return Plan.DONE;
    }

    private static boolean isKnown(int feature) {
        return switch (feature) {
            case Feature.ARBITRATION,
                    Feature.POWER,
                    Feature.TEMPERATURE,
                    Feature.WRITE_CACHE,
                    Feature.ATOMICITY,
                    Feature.EVENTS,
                    Feature.HOST_ID -> true;
            default -> isByNamespace(feature);
        };
    }

    private static boolean isByNamespace(int feature) {
        return switch (feature) {
            case Feature.ERROR_RECOVERY,
                    Feature.RESERVATION_MASK,
                    Feature.RESERVATION_PERSISTENCE,
                    Feature.WRITE_PROTECTION -> true;
            default -> false;
        };
    }

    /** Whether the value has no bits but those that do something. */
    private static boolean isValid(int feature, int value) {
        return switch (feature) {
            case Feature.POWER -> value == 0; // there is one power state
            case Feature.TEMPERATURE -> isSensor(value >>> 16 & 0xF) && (value >>> 20 & 3) <= UNDER;
            case Feature.WRITE_CACHE, Feature.ATOMICITY -> value >>> 1 == 0;
            case Feature.EVENTS -> (value & ~(EVENTS | HEALTH_EVENTS)) == 0;
            default -> true;
        };
    }

    private static boolean isSensor(int select) {
        return select == 0 || select == ALL_SENSORS;
    }

    private static boolean isUnder(int value) {
        return (value >>> 20 & 3) == UNDER;
    }

    private static int valueOf(Viewer viewer, int id, LogicalUnit unit, int feature) {
        return switch (feature) {
            case Feature.RESERVATION_MASK -> viewer.notifications().mask(id);
            case Feature.RESERVATION_PERSISTENCE -> unit.reservations().state().kept() ? 1 : 0;
            case Feature.WRITE_PROTECTION -> unit.condition().state().lastinglyProtected() ? 1 : 0;
            default -> 0; // error recovery: no time limit, no errors for what was given up
        };
    }

    private Plan set(Viewer viewer, int feature, int value, Collection<LogicalUnit> units) {
        boolean valid = switch (feature) {
            case Feature.RESERVATION_MASK -> (value & ~NOTIFICATIONS) == 0;
            case Feature.RESERVATION_PERSISTENCE, Feature.WRITE_PROTECTION -> value >>> 1 == 0;
            default -> value == 0;
        };
        if (!valid) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        return new Plan.Run(Optional.empty(), 0, 0, Plan.Pace.SLOW, data -> {
            try {
                for (LogicalUnit unit : units) {
                    set(viewer, feature, value, unit);
                }
                return Ending.GOOD;
            } catch (IOException e) {
                return Ending.of(NamespaceServer.statusOf(e));
            }
        });
    }

    private void set(Viewer viewer, int feature, int value, LogicalUnit unit) throws IOException {
        switch (feature) {
            case Feature.RESERVATION_MASK ->
                viewer.namespaceOf(unit).ifPresent(id -> viewer.notifications().mask(id, value));
            case Feature.RESERVATION_PERSISTENCE -> unit.reservations().keep(value == 1);
            case Feature.WRITE_PROTECTION -> {
                if (unit.condition().protectLastingly(value == 1)) {
                    viewers.unitChanged(unit, viewer);
                }
            }
            default -> {}
        }
    }

    /** Over fabrics it has 128 bits, and who asks for fewer is refused. */
    private static Plan hostId(Viewer viewer, SubmissionEntry entry) {
        return (entry.dword(11) & 1) == 0
                ? new Plan.Refuse(Status.INVALID_FIELD)
                : NamespaceServer.send(entry, ByteBuffer.wrap(viewer.hostId()));
    }

    private static Plan value(int value) {
        return new Plan.Send(Integer.toUnsignedLong(value), ByteBuffer.allocate(0));
    }
}
