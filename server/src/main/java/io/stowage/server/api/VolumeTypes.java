package io.stowage.server.api;

import io.stowage.engine.Pools;
import io.stowage.model.VolumeType;

/** The {@code {type}} in the URLs of volumes. There are custom volumes only; the other types are known and empty. */
final class VolumeTypes {
    private VolumeTypes() {}

    /** @throws ApiError 400 LXD knows no such type either */
    static VolumeType of(Call call) {
        var word = call.path("type");
        return VolumeType.of(word)
                .orElseThrow(() -> ApiError.badRequest("Invalid storage volume type \"%s\"".formatted(word)));
    }

    /**
     * For a request about one volume.
     *
     * @throws io.stowage.engine.Refused 404 there is no such pool
     * @throws ApiError 404 the type isn't custom: then there is no such volume
     */
    static void requireCustom(Call call, Pools pools) {
        if (of(call) != VolumeType.CUSTOM) {
            pools.get(call.path("pool"));
            throw ApiError.notFound("Storage volume not found");
        }
    }
}
