package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A security stage that asks for no proof: the name of the initiator is taken as it comes. */
public final class NoAuthentication implements SecurityStage {

    @Override
    public List<KeyValue> answer(List<KeyValue> offered) throws LoginFailure {
        List<KeyValue> answers = new ArrayList<>();
        for (KeyValue pair : offered) {
            answers.add(new KeyValue(pair.key(), answerTo(pair)));
        }
        return answers;
    }

    @Override
    public boolean isSatisfied() {
        return true;
    }

    private static String answerTo(KeyValue pair) throws LoginFailure {
        if (!pair.key().equals(Keys.AUTH_METHOD)) {
            return Keys.NOT_UNDERSTOOD;
        }
        if (!Arrays.asList(pair.value().split(",", -1)).contains(Keys.NONE)) {
            throw new LoginFailure(
                    LoginStatus.AUTHENTICATION_FAILURE,
                    "the initiator insists on AuthMethod %s, only None is configured".formatted(pair.value()));
        }
        return Keys.NONE;
    }
}
