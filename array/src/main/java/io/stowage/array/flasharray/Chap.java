package io.stowage.array.flasharray;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.ChapCredentials.Secret;
import io.stowage.array.namespace.NvmeKeys;
import io.stowage.web.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code chap} of a host: its passwords go in and come back masked. A real array has them for iSCSI only; here those of
 * hosts with NQNs may be {@link NvmeKeys}.
 */
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

    /** An empty user or password takes the credentials away. */
    private static Optional<Secret> secret(Optional<Secret> before, Body chap, String userKey, String passwordKey) {
        if (clears(chap, userKey) || clears(chap, passwordKey)) {
            return Optional.empty();
        }
        var user = chap.text(userKey).or(() -> before.map(Secret::user));
        var password = chap.text(passwordKey).or(() -> before.map(Secret::password));
        if (user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw Refusal.of(Wording.CHAP_PAIR);
        }
        var length = password.get().length();
        if (length < SHORTEST || length > LONGEST) {
            throw Refusal.of(Wording.CHAP_PASSWORD);
        }
        if (NvmeKeys.isMistyped(password.get())) {
            throw Refusal.of(Wording.CHAP_NVME_KEY);
        }
        return Optional.of(new Secret(user.get(), password.get()));
    }

    private static boolean clears(Body chap, String key) {
        return chap.has(key) && chap.text(key).filter(text -> !text.isEmpty()).isEmpty();
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
