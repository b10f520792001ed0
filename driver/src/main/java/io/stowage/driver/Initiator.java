package io.stowage.driver;

import io.stowage.model.Protocol;

/**
 * This host in the eyes of an array.
 *
 * @param qualifiedName the initiator's IQN or the host's NQN
 * @param server the server's name, from which the name of a new host object is made
 */
public record Initiator(Protocol protocol, String qualifiedName, String server) {}
