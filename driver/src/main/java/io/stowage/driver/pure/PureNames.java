package io.stowage.driver.pure;

import io.stowage.model.InvalidValue;
import java.util.regex.Pattern;

/** What a FlashArray takes as names of pods and hosts: 1 to 63 letters, digits and hyphens. */
final class PureNames {
    private static final Pattern POD = Pattern.compile("(?=.{1,63}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

    private PureNames() {}

    /** @throws InvalidValue if the array could not have a pod of this name */
    static void checkPod(String name) {
        if (!POD.matcher(name).matches() || !LETTER.matcher(name).find())
            throw new InvalidValue(
                    "pool name",
                    name,
                    "a pod has 1 to 63 letters, digits and hyphens, at least one letter, and no hyphen at either end");
    }
}
