package io.stowage.array.flasharray;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.ChapCredentials.Secret;
import io.stowage.web.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The {@code chap} of a host: its passwords go in and come back masked. */
final class Chap {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 255;
    private static final String MASK = "****";

    private Chap() {}

    static Optional<ChapCredentials> changed(Optional<ChapCredentials> before, Body host) {
        var chap = host.object("chap");
        if (chap.isEmpty()) {
            return before;
        }
        var initiator = secret(before.map(ChapCredentials::initiator), chap.get(), "host_user", "host_password");
        var target = secret(before.flatMap(ChapCredentials::target), chap.get(), "target_user", "target_password");
        if (initiator.isEmpty() && target.isPresent()) {
            throw Refusal.of(Wording.invalidAttribute("chap"));
        }
        if (initiator.isPresent() && initiator.map(Secret::password).equals(target.map(Secret::password))) {
            throw Refusal.of(Wording.CHAP_SAME_PASSWORD);
        }
        return initiator.map(secret -> new ChapCredentials(secret, target));
    }

    /** An empty user takes the credentials away. */
    private static Optional<Secret> secret(Optional<Secret> before, Body chap, String userKey, String passwordKey) {
        var user = chap.has(userKey) ? chap.text(userKey) : before.map(Secret::user);
        var password = chap.has(passwordKey) ? chap.text(passwordKey) : before.map(Secret::password);
        if (user.filter(name -> !name.isEmpty()).isEmpty()
                || password.filter(word -> !word.isEmpty()).isEmpty()) {
            return Optional.empty();
        }
        var length = password.get().length();
        if (length < SHORTEST || length > LONGEST) {
            throw Refusal.of(Wording.CHAP_PASSWORD);
        }
        return Optional.of(new Secret(user.get(), password.get()));
    }

    static ObjectNode describe(Optional<ChapCredentials> chap) {
        var initiator = chap.map(ChapCredentials::initiator);
        var target = chap.flatMap(ChapCredentials::target);
        return Json.object()
                .put("host_user", initiator.map(Secret::user).orElse(null))
                .put("host_password", initiator.map(_ -> MASK).orElse(null))
                .put("target_user", target.map(Secret::user).orElse(null))
                .put("target_password", target.map(_ -> MASK).orElse(null));
    }
}
