package io.stowage.iscsi.login;

import java.util.List;

/** The target's side of the security stage of one login: the place of authentication. RFC 7143, section 12. */
public interface SecurityStage {

    /**
     * Answers the security keys of one request.
     *
     * @throws LoginFailure the initiator did not prove who it is, or the keys make no sense
     */
    List<KeyValue> answer(List<KeyValue> offered) throws LoginFailure;

    /** Whether the login may leave the security stage, or pass it by altogether. */
    boolean isSatisfied();
}
