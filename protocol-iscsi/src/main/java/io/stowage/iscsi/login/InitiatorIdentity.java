package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.Isid;

/**
 * Who logs in and to what, as the first request says.
 *
 * @param initiator the initiator's name
 * @param target the target's name; empty in a discovery session
 * @param tsih session handle of the request, 0 for a new session
 * @param cid connection identifier
 */
public record InitiatorIdentity(String initiator, String target, SessionType type, Isid isid, int tsih, int cid) {}
