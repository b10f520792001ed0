package io.stowage.server.api;

import io.stowage.engine.Pools;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Volume;
import io.stowage.engine.Volumes;
import io.stowage.model.VolumeType;
import io.stowage.server.settings.Profile;
import io.stowage.server.settings.Profiles;
import io.stowage.server.view.Urls;
import io.stowage.server.view.VolumeView;
import io.stowage.web.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists of volumes, of a pool or of all; snapshots stand in them beside their volumes. */
final class VolumeLists {
    /** One line of a list, in both its forms. */
    private record Entry(String url, VolumeView view) {}

    private final Pools pools;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Profiles profiles;

    VolumeLists(Pools pools, Volumes volumes, Snapshots snapshots, Profiles profiles) {
        this.pools = pools;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.profiles = profiles;
    }

    void addTo(Router router) {
        router.get("/1.0/storage-pools/{pool}/volumes", call -> ofPool(call, Optional.empty()))
                .get(
                        "/1.0/storage-pools/{pool}/volumes/{type}",
                        call -> ofPool(call, Optional.of(VolumeTypes.of(call))))
                .get("/1.0/storage-volumes", call -> ofAll(call, Optional.empty()))
                .get("/1.0/storage-volumes/{type}", call -> ofAll(call, Optional.of(VolumeTypes.of(call))));
    }

    private Response ofPool(Call call, Optional<VolumeType> type) {
        return answer(call, type, List.of(pools.get(call.path("pool")).name()));
    }

    private Response ofAll(Call call, Optional<VolumeType> type) {
        return answer(call, type, pools.list().stream().map(pool -> pool.name()).toList());
    }

    private Response answer(Call call, Optional<VolumeType> type, List<String> from) {
        var projects = call.projectFilter();
        var filter = ListFilter.parse(call.query("filter"));
        var entries = type.filter(other -> other != VolumeType.CUSTOM).isPresent()
                ? Stream.<Entry>empty()
                : from.stream()
                        .flatMap(this::entries)
                        .filter(entry -> projects.test(entry.view().project()));
        var wanted = entries.filter(entry -> filter.acceptsView(entry.view()));
        return Envelope.sync(
                call.recursive()
                        ? wanted.map(Entry::view).toList()
                        : wanted.map(Entry::url).toList());
    }

    /** Empty when the pool has gone since it was looked up. */
    private Stream<Entry> entries(String pool) {
        return Gone.orElse(List.<Entry>of(), () -> read(pool)).stream();
    }

    private List<Entry> read(String pool) {
        var users = profiles.list();
        return Stream.concat(
                        volumes.list(pool).stream().map(volume -> entry(volume, users)),
                        snapshots.list(pool).stream().map(VolumeLists::entry))
                .sorted(Comparator.comparing(entry -> entry.view().name()))
                .toList();
    }

    private static Entry entry(Volume volume, List<Profile> users) {
        var name = volume.name();
        return new Entry(Urls.volume(name), VolumeView.of(volume).usedAlsoBy(Urls.usingProfiles(users, name)));
    }

    private static Entry entry(Snapshot snapshot) {
        return new Entry(Urls.snapshot(snapshot.name()), VolumeView.of(snapshot));
    }
}
