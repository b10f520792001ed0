package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnits;

/**
 * The subsystem that namespaces belong to, as its controllers present it. A namespace's identifier is the unit's LUN.
 *
 * @param nqn its name
 * @param serial at most 20 ASCII characters
 * @param model at most 40 ASCII characters
 * @param firmware at most 8 ASCII characters
 * @param oui the vendor's IEEE identifier as it is printed: 24A937h
 * @param units what hosts see in it
 */
public record Subsystem(String nqn, String serial, String model, String firmware, int oui, LogicalUnits units) {}
