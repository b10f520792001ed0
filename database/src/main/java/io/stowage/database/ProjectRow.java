package io.stowage.database;

import java.util.UUID;

/** A project. Volumes name it by its name. */
public record ProjectRow(UUID id, String name, String description) {}
