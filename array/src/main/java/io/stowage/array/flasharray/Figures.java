package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Interval;
import io.stowage.array.core.Load;
import io.stowage.array.core.LoadHistory;
import io.stowage.array.core.Volume;
import java.util.List;

/** The part of the table of what can be called that tells how much is read and written. */
final class Figures {
    private Figures() {}

    static List<Endpoint> endpoints(
            Estate estate,
            Arrays arrays,
            Resource<Volume> volumes,
            Resource<Container> pods,
            Resource<Host> hosts,
            Resource<HostGroup> hostGroups) {
        var ofArray = new Performance<>(
                estate, arrays.itself(), LoadHistory.FINEST, (objects, array, interval) -> interval.array());
        var ofVolumes =
                new Performance<>(estate, volumes, (objects, volume, interval) -> interval.ofVolume(volume.id()));
        var ofPods =
                new Performance<>(estate, pods, (objects, pod, interval) -> sum(objects.volumesIn(pod.id()), interval));
        var ofHosts = new Performance<>(estate, hosts, (objects, host, interval) -> interval.ofHost(host.id()));
        var ofHostGroups = new Performance<>(
                estate,
                hostGroups,
                (objects, group, interval) -> objects.hostsIn(group.id()).stream()
                        .map(host -> interval.ofHost(host.id()))
                        .reduce(Load.NONE, Load::plus));
        return List.of(
                new Endpoint("GET", "arrays/performance", 0, ofArray::list),
                new Endpoint("GET", "volumes/performance", 0, ofVolumes::list),
                new Endpoint("GET", "pods/performance", 0, ofPods::list),
                new Endpoint("GET", "hosts/performance", 0, ofHosts::list),
                new Endpoint("GET", "host-groups/performance", 0, ofHostGroups::list));
    }

    private static Load sum(List<Volume> volumes, Interval interval) {
        return volumes.stream().map(volume -> interval.ofVolume(volume.id())).reduce(Load.NONE, Load::plus);
    }
}
