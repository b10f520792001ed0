package io.stowage.database;

import java.util.UUID;

/** A profile, which can say that it uses volumes. */
public record ProfileRow(UUID id, String project, String name, String description) {}
