package io.stowage.driver.pure;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the array says when it refuses. Its errors have no codes: nearly all are status 400, and only the words tell them
 * apart.
 */
final class Refusal {
    private static final List<String> MISSING = List.of("does not exist", "not found", "no such volume or snapshot");
    private static final List<String> EXISTS = List.of("already exists");
    private static final List<String> FULL = List.of(
            "limit reached",
            "maximum number of",
            "exceed",
            "insufficient",
            "not enough",
            "no space",
            "out of space",
            "array is full");

    private Refusal() {}

    /** The exception for a refused call. */
    static ArrayRefused of(Call call, WebResponse answer) {
        var words = words(answer);
        if (says(words, MISSING)) return new ObjectMissing(call.doing(), words);
        if (says(words, EXISTS)) return new ObjectExists(call.doing(), words);
        if (says(words, FULL)) return new ArrayFull(call.doing(), words);
        return new ArrayRefused(call.doing(), words);
    }

    /** The array's sentences; those of a gateway in front of it have another form. */
    static String words(WebResponse answer) {
        try {
            var body = answer.json();
            var sentences = new ArrayList<String>();
            for (var error : body.path("errors")) {
                var message = error.path("message").asString("");
                var context = error.path("context").asString("");
                if (!message.isEmpty()) sentences.add(context.isEmpty() ? message : context + ": " + message);
            }
            var plain = body.path("message").asString("");
            if (sentences.isEmpty() && !plain.isEmpty()) sentences.add(plain);
            if (!sentences.isEmpty()) return String.join(" ", sentences);
        } catch (MalformedJson e) {
            // no JSON: the status has to do
        }
        return "HTTP status " + answer.status();
    }

    /** The object is destroyed, pending eradication. */
    static boolean isDestroyed(ArrayRefused refused) {
        return says(refused.words(), List.of("has been destroyed", "has been deleted"));
    }

    /** The volume can't go because hosts are connected to it, or the host because volumes are. */
    static boolean isConnected(ArrayRefused refused) {
        return says(refused.words(), List.of("connect"));
    }

    /** The initiator belongs to another host object. */
    static boolean isInUse(ArrayRefused refused) {
        return says(refused.words(), List.of("already in use", "in use by"));
    }

    private static boolean says(String words, List<String> fragments) {
        var lower = words.toLowerCase(Locale.ROOT);
        return fragments.stream().anyMatch(lower::contains);
    }
}
