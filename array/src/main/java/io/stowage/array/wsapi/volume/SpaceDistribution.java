package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.web.json.Json;

/** {@code /volumespacedistribution}: how a volume's space is shared with others (section 6). */
final class SpaceDistribution {
    private final Estate estate;

    SpaceDistribution(Estate estate) {
        this.estate = estate;
    }

    Answer get(Call call) {
        return estate.read(objects -> {
            var volume = Volumes.require(objects, call.name());
            var written = Sizes.mib(estate.usage().written(volume));
            var exclusive = Math.min(written, Sizes.mib(estate.usage().exclusive(volume)));
            var json = Json.object()
                    .put("id", Volumes.number(volume))
                    .put("name", volume.name())
                    .put("sizeMiB", volume.sizeBytes() / Sizes.MIB);
            json.putObject("userSpace")
                    .put("usedMiB", written)
                    .put("exclusiveMiB", exclusive)
                    .put("sharedMiB", written - exclusive);
            return Answer.of(json);
        });
    }
}
