package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.store.Extent;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /volumes/diff}: where a volume or snapshot differs from another one, its base, or without a base where it holds
 * data. That the call exists is published, its parameters aren't; they are called here as in REST 1 (GET
 * volume/VOLUME/diff): {@code base}, {@code block_size}, {@code length}, {@code offset}.
 */
final class VolumeDiff {
    private static final long SMALLEST_BLOCK = 4096;
    private static final long LARGEST_BLOCK = 1L << 30;
    private static final long USUAL_BLOCK = 1L << 20;

    /** More differences than this are told in further calls, from the end of the last one on. */
    private static final int MOST = 10_000;

    private final Estate estate;
    private final Volumes volumes;
    private final Snapshots snapshots;

    VolumeDiff(Estate estate, Volumes volumes, Snapshots snapshots) {
        this.estate = estate;
        this.volumes = volumes;
        this.snapshots = snapshots;
    }

    /** What is compared: its number in the store and its size. */
    private record Side(long stored, long sizeBytes) {}

    Answer list(Call call) {
        return estate.read(objects -> {
            var one = side(objects, only(call));
            var base = call.parameter("base").map(name -> side(objects, name));
            var block = number(call, "block_size").orElse(USUAL_BLOCK);
            if (block < SMALLEST_BLOCK || block > LARGEST_BLOCK || Long.bitCount(block) != 1) {
                throw Refusal.of(Wording.DIFF_BLOCK);
            }
            var offset = number(call, "offset").orElse(0);
            if (offset > one.sizeBytes()) {
                throw Refusal.of(Wording.invalidParameter("offset"));
            }
            var rest = one.sizeBytes() - offset;
            var length = Math.min(rest, number(call, "length").orElse(rest));
            var extents = length == 0 ? List.<Extent>of() : extents(one, base, offset, length);
            return new Answer.Items(blocks(extents, block, one.sizeBytes()));
        });
    }

    private List<Extent> extents(Side one, Optional<Side> base, long offset, long length) {
        return base.map(other -> estate.usage().differences(one.stored(), other.stored(), offset, length, MOST))
                .orElseGet(() -> estate.usage().allocated(one.stored(), offset, length, MOST));
    }

    private static String only(Call call) {
        var names = call.requiredList("names");
        if (names.size() != 1) {
            throw Refusal.of(Wording.DIFF_ONE);
        }
        return names.getFirst();
    }

    private Side side(Objects objects, String name) {
        return volumes.named(objects, name)
                .map(volume -> new Side(volume.stored(), volume.sizeBytes()))
                .or(() -> snapshots
                        .named(objects, name)
                        .map(snapshot -> new Side(snapshot.stored(), snapshot.sizeBytes())))
                .orElseThrow(() -> Refusal.of(name, Wording.NO_VOLUME_OR_SNAPSHOT));
    }

    /** Up to 18 digits. */
    private static OptionalLong number(Call call, String parameter) {
        var value = call.parameter(parameter);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().matches("[0-9]{1,18}")) {
            throw Refusal.of(Wording.invalidParameter(parameter));
        }
        return OptionalLong.of(Long.parseLong(value.get()));
    }

    /** The blocks of this size that the extents touch, neighbours joined, the last one cut at the volume's end. */
    private static List<ObjectNode> blocks(List<Extent> extents, long block, long sizeBytes) {
        var joined = new ArrayList<Extent>();
        for (var extent : extents) {
            var start = extent.offset() / block * block;
            var end = Math.min(sizeBytes, (extent.offset() + extent.length() + block - 1) / block * block);
            if (!joined.isEmpty()
                    && joined.getLast().offset() + joined.getLast().length() >= start) {
                start = joined.removeLast().offset();
            }
            joined.add(new Extent(start, end - start));
        }
        return joined.stream()
                .map(extent -> Json.object().put("offset", extent.offset()).put("length", extent.length()))
                .toList();
    }
}
