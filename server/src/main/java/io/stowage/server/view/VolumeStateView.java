package io.stowage.server.view;

import io.stowage.engine.VolumeState;

/** Usage of a volume, as {@code GET …/volumes/custom/NAME/state} shows it. */
public record VolumeStateView(Usage usage) {
    /** In bytes; what is used is 0 when nobody can tell now. */
    public record Usage(long used, long total) {}

    public static VolumeStateView of(VolumeState state) {
        return new VolumeStateView(new Usage(state.usedBytes().orElse(0), state.totalBytes()));
    }
}
