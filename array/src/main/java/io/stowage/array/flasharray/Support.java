package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.fault.Knob;

/** What only the vendor's support can switch on a real array, and no user of its API. */
public final class Support {
    private final Estate estate;

    Support(Estate estate) {
        this.estate = estate;
    }

    /** Whether destroyed objects may be eradicated before their time. */
    public void allowManualEradication(boolean allowed) {
        estate.change(draft -> {
            SafeMode.of(draft.objects()).withManual(allowed).save(draft);
            return allowed;
        });
    }

    /** SafeMode as testers switch it. */
    Knob safeModeKnob() {
        return Knob.flag(
                "safemode", () -> !estate.read(SafeMode::of).manual(), to -> allowManualEradication(!to.orElse(false)));
    }

    /**
     * The same for one pod with all that is in it.
     *
     * @throws IllegalArgumentException there is no such pod
     */
    public void allowManualEradication(String pod, boolean allowed) {
        estate.change(draft -> {
            var found = draft.objects()
                    .container(pod)
                    .orElseThrow(() -> new IllegalArgumentException("There is no pod \"" + pod + "\""));
            draft.put(SafeMode.withManual(found, allowed));
            return allowed;
        });
    }

    /**
     * Takes a protection group's retention lock away.
     *
     * @param group its full name, {@code pod::group} for one in a pod
     * @throws IllegalArgumentException there is no such group
     */
    public void unlockRetention(String group) {
        estate.change(draft -> {
            var found = ProtectionGroups.find(draft.objects(), group)
                    .orElseThrow(() -> new IllegalArgumentException("There is no protection group \"" + group + "\""));
            draft.put(found.withProtection(found.protection().withLock(false)));
            return found;
        });
    }
}
