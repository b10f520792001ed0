package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnits;

/**
 * A target that portals serve, perhaps beside others.
 *
 * @param iqn its name, by which initiators choose it when they log in
 */
public record Served(String iqn, LogicalUnits units) {}
