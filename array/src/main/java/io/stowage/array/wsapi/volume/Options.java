package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Setting;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import java.util.Optional;

/** What new volumes and snapshots have in common: number, comment, lifetime. */
final class Options {
    private static final int LONGEST_COMMENT = 511;

    /** As many numbers as there may be volumes, and room to choose among them. */
    private static final int HIGHEST_NUMBER = 1 << 20;

    /** Is there once somebody has chosen a number, so that the next one may be taken. */
    private static final String CHOSEN = "volume.chosen";

    private Options() {}

    /** The number that is asked for, or one that no volume has. */
    static int number(Draft draft, Optional<Long> asked) {
        if (asked.isPresent()) {
            var number = asked.get().intValue();
            if (isTaken(draft, number)) {
                throw Problem.EXISTENT_ID.of("id");
            }
            draft.put(new Setting(CHOSEN, "true"));
            return number;
        }
        var number = Numbers.next(draft, "volume");
        while (draft.objects().setting(CHOSEN).isPresent() && isTaken(draft, number)) {
            number = Numbers.next(draft, "volume");
        }
        return number;
    }

    static Optional<Long> askedNumber(Input input, String member) {
        return input.number(member, 0, HIGHEST_NUMBER);
    }

    private static boolean isTaken(Draft draft, int number) {
        return draft.objects().volumes().stream().anyMatch(volume -> Volumes.number(volume) == number);
    }

    static Traits commented(Traits before, Input input) {
        return input.has("comment")
                ? before.with(
                        Traits.COMMENT,
                        input.anyText("comment", LONGEST_COMMENT).filter(text -> !text.isEmpty()))
                : before;
    }

    /** The volume with these traits, in the place of the one without. */
    static Volume put(Draft draft, Volume volume, Traits traits) {
        var changed = traits.on(volume);
        draft.put(changed);
        return changed;
    }
}
