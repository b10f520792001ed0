package io.stowage.driver.alletra;

import java.util.Set;

/** The numbers of WSAPI's errors that we act on. They are the contract; the words beside them are for people. */
final class Code {
    static final int WRONG_LOGIN = 5;
    static final int NO_SESSION = 6;
    static final int NOT_ALLOWED = 13;
    static final int NO_CPG = 15;
    static final int HOST_EXISTS = 16;
    static final int NO_HOST = 17;
    static final int LUN_TAKEN = 18;
    static final int NO_VLUN = 19;
    static final int VOLUME_EXISTS = 22;
    static final int NO_VOLUME = 23;
    static final int NO_SPACE = 24;
    static final int EXPORTED = 26;
    /** Among others: the volume is exported to the host already. */
    static final int OTHER = 29;

    static final int IN_USE = 34;
    static final int PATH_TAKEN = 73;
    static final int IN_HOST_SET = 77;
    static final int SET_EXISTS = 101;
    static final int NO_SET = 102;
    static final int NO_TASK = 145;
    /** A task of the array works on the volume. */
    static final int BUSY = 151;

    static final int CPG_LIMIT = 153;
    static final int NO_KEY = 180;
    static final int KEY_EXISTS = 181;

    static final Set<Integer> MISSING =
            Set.of(NO_CPG, NO_HOST, NO_VLUN, 20, NO_VOLUME, 38, 80, 100, NO_SET, NO_TASK, NO_KEY);
    static final Set<Integer> EXISTS =
            Set.of(14, HOST_EXISTS, LUN_TAKEN, VOLUME_EXISTS, 59, PATH_TAKEN, SET_EXISTS, KEY_EXISTS);
    static final Set<Integer> FULL = Set.of(NO_SPACE, CPG_LIMIT);

    private Code() {}
}
