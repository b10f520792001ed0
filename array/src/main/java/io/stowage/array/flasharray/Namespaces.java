package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.array.core.Volume;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The numbers of namespaces. All NVMe hosts share one subsystem, where a number means one volume to everybody; and a host
 * that has seen a number must not find another volume behind it soon, so numbers are taken in turns. Base 2.0, section
 * 3.2.1.
 */
final class Namespaces {
    private static final String LAST = "nsid.last";

    private Namespaces() {}

    /**
     * The number for a volume that is to be connected to NVMe hosts.
     *
     * @param taken what can't be used, as these hosts use it already
     */
    static Optional<Integer> number(Draft draft, Volume volume, BitSet taken) {
        var objects = draft.objects();
        var others = new BitSet();
        others.or(taken);
        for (var connection : objects.connections()) {
            if (isNvme(objects, connection)) {
                if (connection.volume().equals(volume.id()) && !taken.get(connection.lun())) {
                    return Optional.of(connection.lun());
                }
                others.set(connection.lun());
            }
        }
        var last = objects.setting(LAST).map(Integer::parseInt).orElse(0);
        var found = IntStream.range(0, Connection.HIGHEST_LUN)
                .map(step -> (last + step) % Connection.HIGHEST_LUN + 1)
                .filter(number -> !others.get(number))
                .boxed()
                .findFirst();
        found.ifPresent(number -> draft.put(new Setting(LAST, number.toString())));
        return found;
    }

    /** A host speaks NVMe from now on: what it is connected to alone gets numbers of namespaces. */
    static void renumber(Draft draft, Host host) {
        for (var connection : List.copyOf(draft.objects().connectionsOfHost(host.id()))) {
            if (!connection.isShared() && !isUsable(draft.objects(), connection)) {
                var volume = draft.objects().volume(connection.volume()).orElseThrow();
                draft.disconnect(connection);
                number(draft, volume, draft.objects().luns(host))
                        .ifPresentOrElse(number -> draft.connect(host, volume, number), () -> {
                            throw Refusal.of(host.name(), Wording.LUNS_EXHAUSTED);
                        });
            }
        }
    }

    /** Whether its number means nothing else to another NVMe host, and its volume has no other number there. */
    private static boolean isUsable(Objects objects, Connection wanted) {
        return objects.connections().stream()
                .filter(other -> !other.id().equals(wanted.id()) && isNvme(objects, other))
                .allMatch(other -> other.volume().equals(wanted.volume()) == (other.lun() == wanted.lun()));
    }

    /** Whether it makes a namespace of its volume. */
    private static boolean isNvme(Objects objects, Connection connection) {
        return objects.hostsOf(connection).stream()
                .anyMatch(host -> Initiators.of(host).isNvme());
    }
}
