package io.stowage.driver;

import io.stowage.model.ArrayName;

/** Points at a volume; the name may be one of a snapshot: then it is the temporary volume made from it. */
public record VolumeRef(ArrayName name) implements ArrayObject {}
