package io.stowage.array.core;

import java.util.Map;

/** Objects of one kind that are named together. Each may be in several sets, and has a name of its own beside them. */
public sealed interface NamedSet extends Entity permits HostGroup, VolumeSet {
    /** Unique among the personality's sets of this kind, without regard to case. */
    String name();

    /** What only the personality knows the meaning of. */
    Map<String, String> attributes();
}
