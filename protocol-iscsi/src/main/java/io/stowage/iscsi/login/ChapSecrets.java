package io.stowage.iscsi.login;

import java.util.Arrays;
import java.util.Optional;

/**
 * What both sides of a login know of one another.
 *
 * @param initiator what the initiator presents
 * @param target what the target presents to an initiator that asks for it (mutual CHAP)
 */
public record ChapSecrets(ChapSecret initiator, Optional<ChapSecret> target) {

    /** Whether one secret serves both directions: then each side could have the other answer its own challenge. */
    boolean areTheSame() {
        return target.filter(secret -> Arrays.equals(secret.bytes(), initiator.bytes()))
                .isPresent();
    }
}
