package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Interval;
import io.stowage.array.core.Load;
import io.stowage.array.core.LoadHistory;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The part of the table of what can be called that tells how much is read and written. */
final class Figures {
    private Figures() {}

    static List<Endpoint> endpoints(
            Estate estate,
            Arrays arrays,
            Network network,
            Resource<Volume> volumes,
            Resource<Container> pods,
            Resource<Host> hosts,
            Resource<HostGroup> hostGroups,
            Resource<VolumeGroup> volumeGroups) {
        var ofArray = new Performance<>(
                estate,
                arrays.itself(),
                LoadHistory.FINEST,
                (objects, array, interval) -> interval.array(),
                Performance::figures);
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
        var ofVolumeGroups = new Performance<>(
                estate, volumeGroups, (objects, group, interval) -> sum(objects.volumesOf(group.id()), interval));
        var ofInterfaces = new Performance<>(
                estate,
                network,
                LoadHistory.FINEST,
                (objects, one, interval) ->
                        one.portals().stream().map(interval::ofPortal).reduce(Load.NONE, Load::plus),
                Figures::onTheWire);
        return List.of(
                new Endpoint("GET", "arrays/performance", 0, ofArray::list),
                new Endpoint("GET", "volumes/performance", 0, ofVolumes::list),
                new Endpoint("GET", "pods/performance", 0, ofPods::list),
                new Endpoint("GET", "hosts/performance", 0, ofHosts::list),
                new Endpoint("GET", "host-groups/performance", 0, ofHostGroups::list),
                new Endpoint("GET", "volume-groups/performance", 0, ofVolumeGroups::list),
                new Endpoint("GET", "network-interfaces/performance", 0, ofInterfaces::list));
    }

    private static Load sum(List<Volume> volumes, Interval interval) {
        return volumes.stream().map(volume -> interval.ofVolume(volume.id())).reduce(Load.NONE, Load::plus);
    }

    /** The payload of commands; packets and their errors are the host's business and not known here. */
    private static ObjectNode onTheWire(Load load, Duration time) {
        var figures = new LoadFigures(load, time);
        var eth = Json.object()
                .put("received_bytes_per_sec", figures.perSecond(load.writtenBytes()))
                .put("transmitted_bytes_per_sec", figures.perSecond(load.readBytes()));
        for (var unknown : List.of(
                "other_errors_per_sec",
                "received_crc_errors_per_sec",
                "received_frame_errors_per_sec",
                "received_packets_per_sec",
                "total_errors_per_sec",
                "transmitted_carrier_errors_per_sec",
                "transmitted_dropped_errors_per_sec",
                "transmitted_packets_per_sec")) {
            eth.putNull(unknown);
        }
        var item = Json.object().put("interface_type", "eth");
        item.set("eth", eth);
        return item.putNull("fc");
    }
}
