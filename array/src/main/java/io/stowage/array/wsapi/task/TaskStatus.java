package io.stowage.array.wsapi.task;

/** How it stands with a task, with the number that {@code status} has for it (section 8). */
enum TaskStatus {
    DONE(1),
    ACTIVE(2),
    CANCELLED(3),
    FAILED(4);

    private final int number;

    TaskStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
