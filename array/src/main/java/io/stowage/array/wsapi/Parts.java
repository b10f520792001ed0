package io.stowage.array.wsapi;

import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.rest.Sessions;
import io.stowage.array.wsapi.system.Identity;
import java.net.InetSocketAddress;

/**
 * What resources are made of.
 *
 * @param management where the API listens
 * @param ports where hosts come in
 * @param data volumes and what belongs to them
 */
record Parts(
        Estate estate,
        Identity identity,
        InetSocketAddress management,
        Ports ports,
        Sessions sessions,
        DataResources data) {}
