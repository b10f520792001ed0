package io.stowage.array.wsapi.task;

/** What a task does, with the number that {@code type} has for it (section 8). */
public enum TaskKind {
    VV_COPY(1),
    RESYNC(2),
    MOVE_REGIONS(3),
    PROMOTE(4),
    ONLINE_COPY(18),
    CONVERT(19);

    private final int number;

    TaskKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
