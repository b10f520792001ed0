package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.web.json.Json;
import java.util.Collection;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volume-groups/volumes} and {@code /volumes/volume-groups}, which are the same: volumes that are in a group. */
final class VolumeGroupMembers implements View<Volume> {
    private final Estate estate;
    private final Volumes volumes;
    private final VolumeGroups groups;

    VolumeGroupMembers(Estate estate, Volumes volumes, VolumeGroups groups) {
        this.estate = estate;
        this.volumes = volumes;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var ofGroups = References.selected(groups, objects, call, "group_names", "group_ids");
            var members = References.selected(volumes, objects, call, "member_names", "member_ids");
            var found = all(objects).stream()
                    .filter(volume -> members.isEmpty() || members.get().contains(volume))
                    .filter(volume -> ofGroups.isEmpty() || ofGroups.get().contains(group(objects, volume)))
                    .toList();
            return Listing.page(this, objects, call, found);
        });
    }

    @Override
    public Resource<Volume> viewed() {
        return volumes;
    }

    @Override
    public Collection<Volume> all(Objects objects) {
        return objects.volumes().stream()
                .filter(volume -> volume.group().isPresent())
                .toList();
    }

    @Override
    public ObjectNode item(Objects objects, Volume member, ApiVersion version) {
        var group = group(objects, member);
        var item = Json.object();
        item.set("group", References.to(VolumeGroups.fullName(objects, group), group.id()));
        item.set("member", References.to(Volumes.fullName(objects, member), member.id()));
        return item;
    }

    private static VolumeGroup group(Objects objects, Volume member) {
        return member.group().flatMap(objects::volumeGroup).orElseThrow();
    }
}
