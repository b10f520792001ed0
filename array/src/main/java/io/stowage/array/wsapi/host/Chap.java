package io.stowage.array.wsapi.host;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.ChapCredentials.Secret;
import io.stowage.array.core.Host;
import io.stowage.array.namespace.NvmeKeys;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CHAP as {@code PUT /hosts} sets it: for the initiator, and for the target beside it. A real array has it for iSCSI only;
 * here the secrets of hosts with NQNs may be {@link NvmeKeys}.
 */
final class Chap {
    static final String OPERATION = "chapOperation";
    static final String MODE = "chapOperationMode";
    static final String NAME = "chapName";
    static final String SECRET = "chapSecret";
    static final String HEX = "chapSecretHex";
    static final String TARGET_ONLY = "chapRemoveTargetOnly";

    private static final int ADD = 1;
    private static final int INITIATOR = 1;
    private static final int SHORTEST = 12;
    private static final int LONGEST = 16;
    private static final int LONGEST_NAME = 223;

    /** As many bytes as the longest text has. */
    private static final Pattern HEX_FORM = Pattern.compile("[0-9A-Fa-f]{32}");

    private Chap() {}

    /** The credentials after a request. */
    static Optional<ChapCredentials> changed(Host host, Input input) {
        var operation = input.choice(OPERATION, 2);
        if (operation.isEmpty()) {
            if (input.hasAny(MODE, NAME, SECRET, HEX, TARGET_ONLY)) {
                throw Problem.ONE_REQUIRED.of(OPERATION);
            }
            return host.chap();
        }
        return operation.get() == ADD ? added(host, input) : removed(host, input);
    }

    private static Optional<ChapCredentials> added(Host host, Input input) {
        var mode = input.choice(MODE, 2).orElseThrow(() -> Problem.MISSING_REQUIRED.of(MODE));
        var credentials = secret(host, input);
        if (mode == INITIATOR) {
            return Optional.of(new ChapCredentials(credentials, host.chap().flatMap(ChapCredentials::target)));
        }
        // The target proves itself only to those who have done so.
        var before = host.chap().orElseThrow(() -> Problem.ONE_REQUIRED.of(MODE));
        return Optional.of(new ChapCredentials(before.initiator(), Optional.of(credentials)));
    }

    private static Secret secret(Host host, Input input) {
        var user = input.text(NAME, LONGEST_NAME).orElse(host.name());
        if (input.isSet(HEX)) {
            var digits = input.requiredText(SECRET);
            if (!HEX_FORM.matcher(digits).matches()) {
                throw Problem.INV_INPUT.of(SECRET);
            }
            return new Secret(user, digits, true);
        }
        var text = input.text(SECRET)
                .filter(NvmeKeys::isOne)
                .or(() -> input.text(SECRET, LONGEST))
                .orElseThrow(() -> Problem.MISSING_REQUIRED.of(SECRET));
        if (text.length() < SHORTEST) {
            throw Problem.BELOW_RANGE.of(SECRET);
        }
        return new Secret(user, text);
    }

    private static Optional<ChapCredentials> removed(Host host, Input input) {
        return input.isSet(TARGET_ONLY)
                ? host.chap().map(before -> new ChapCredentials(before.initiator(), Optional.empty()))
                : Optional.empty();
    }
}
