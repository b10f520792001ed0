package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one message of CHAP, each given once. */
final class ChapKeys {
    private final Map<String, KeyValue> byName = new HashMap<>();

    ChapKeys(List<KeyValue> pairs) throws LoginFailure {
        for (KeyValue pair : pairs) {
            if (byName.put(pair.key(), pair) != null) {
                throw error(pair.key() + " is given more than once");
            }
        }
    }

    boolean has(String key) {
        return byName.containsKey(key);
    }

    KeyValue get(String key) throws LoginFailure {
        @Nullable KeyValue pair = byName.get(key);
        if (pair == null) {
            throw error(key + " is missing");
        }
        return pair;
    }

    String value(String key) throws LoginFailure {
        return get(key).value();
    }

    /** These keys and no others. */
    ChapKeys only(Set<String> expected) throws LoginFailure {
        if (!byName.keySet().equals(expected)) {
            throw error("at this point of the security stage the keys must be "
                    + expected.stream().sorted().toList());
        }
        return this;
    }

    private static LoginFailure error(String why) {
        return new LoginFailure(LoginStatus.INITIATOR_ERROR, why);
    }
}
