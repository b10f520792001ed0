package io.stowage.host.remote;

/** What became of a command, and what is to be done about it. The words name the command and the target's answer. */
public sealed interface Verdict {
    /** It was carried out. */
    record Done() implements Verdict {}

    /** The link ended before an answer came: carried out or not, nobody knows. */
    record Lost() implements Verdict {}

    /** It was not carried out, and may be at once. */
    record Again(String words) implements Verdict {}

    /** It was not, and may be a little later. */
    record Later(String words) implements Verdict {}

    /** Something happened to the unit: prove its identity, ask for its size, repeat what it may have lost. */
    record Examine(String words) implements Verdict {}

    /** There is no such unit (any more). */
    record Missing(String words) implements Verdict {}

    /** It will never be carried out. @param errno as Linux numbers it: {@link LinuxErrno} */
    record Refused(int errno, String words) implements Verdict {}

    /** The one of its kind. */
    Verdict DONE = new Done();

    /** The one of its kind. */
    Verdict LOST = new Lost();
}
