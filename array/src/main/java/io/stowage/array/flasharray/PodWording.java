package io.stowage.array.flasharray;

/**
 * What the array says about pods, beside {@link Wording}. Those marked "known" hold the words that shipping clients look
 * for; the others follow their style.
 */
final class PodWording {
    // known
    static final String ALREADY_INCLUDES = "Pod already includes the array.";

    // in their style
    static final String LAST_ARRAY = "Array cannot be removed from the pod because the pod is on no other array.";
    static final String DEMOTED = "Pod is demoted.";
    static final String DEMOTION = "Pod cannot be demoted while it contains volumes.";

    private PodWording() {}
}
