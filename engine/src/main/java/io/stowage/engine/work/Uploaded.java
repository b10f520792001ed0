package io.stowage.engine.work;

import io.stowage.engine.journal.Steps;

/** What arrives for a new volume, once. */
interface Uploaded {
    /** Reads it to its end, into the volume, which is on the array. */
    void receive(VolumeAtHand volume, Steps steps);
}
