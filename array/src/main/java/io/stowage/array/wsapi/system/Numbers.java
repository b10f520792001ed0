package io.stowage.array.wsapi.system;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Setting;

/** The numbers that the API gives to objects beside their names. */
public final class Numbers {
    private Numbers() {}

    /**
     * The next number of this kind, from 0, that was never handed out before.
     *
     * @param kind for example {@code host}
     */
    public static int next(Draft draft, String kind) {
        var name = "number." + kind;
        var next = draft.objects().setting(name).map(Integer::parseInt).orElse(0);
        draft.put(new Setting(name, Integer.toString(next + 1)));
        return next;
    }
}
