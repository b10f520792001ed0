package io.stowage.driver.alletra;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.Progress;
import io.stowage.driver.rest.Call;
import java.time.Duration;
import java.util.List;

/** What the array does at length: watched until it is done, for as long as it takes. */
final class Tasks {
    private static final System.Logger LOG = System.getLogger(Tasks.class.getName());
    private static final String PATH = "tasks";
    private static final int DONE = 1;
    private static final int ACTIVE = 2;
    private static final int CANCELLED = 3;
    private static final int CANCEL = 1;
    /** Pauses between two looks grow up to this many times the first one. */
    private static final int LONGEST_PAUSE = 25;

    private final Wsapi wsapi;

    Tasks(Wsapi wsapi) {
        this.wsapi = wsapi;
    }

    /**
     * Watches a task to its end.
     *
     * @param begun the answer of the call that began it
     * @param ends whether the task is cancelled when the progress throws
     * @throws ArrayRefused if it fails, or is cancelled by somebody else
     */
    void follow(Call call, Answer begun, Progress progress, boolean ends) {
        var id = begun.body().path("taskid").asLong(0);
        if (id > 0) follow(call, id, progress, ends);
    }

    private void follow(Call call, long id, Progress progress, boolean ends) {
        for (int looks = 1; ; looks++) {
            var task = look(id);
            switch (task.status()) {
                case DONE -> {
                    return;
                }
                case ACTIVE -> report(id, task, progress, ends);
                default ->
                    throw new ArrayRefused(
                            call.doing(),
                            "its task %d %s%s"
                                    .formatted(
                                            id, task.status() == CANCELLED ? "was cancelled" : "failed", detail(task)));
            }
            pause(looks);
        }
    }

    private Items.Task look(long id) {
        return wsapi.get(
                Call.get("look at task " + id, PATH).below(String.valueOf(id)).with("view", "excludeDetail"),
                Items.Task.class);
    }

    private void report(long id, Items.Task task, Progress progress, boolean ends) {
        try {
            progress.at(percent(task));
        } catch (RuntimeException | Error e) {
            if (ends) cancel(id);
            throw e;
        }
    }

    private static int percent(Items.Task task) {
        var steps = task.totalSteps() > 0;
        var done = steps ? task.completedSteps() : task.completedPhases();
        var total = steps ? task.totalSteps() : task.totalPhases();
        return total <= 0 ? 0 : Math.clamp(100L * done / total, 0, 100);
    }

    private static String detail(Items.Task task) {
        var detail = task.detailedStatus();
        return detail == null || detail.isBlank() ? "" : ": " + detail.strip().replaceAll("\\s+", " ");
    }

    /** Ends what is under way with a volume, and waits until it is over. */
    void endAll(String volume) {
        for (var id : active(volume)) {
            cancel(id);
            await(id);
        }
    }

    /** Waits until nothing is under way with a volume. */
    void awaitAll(String volume) {
        active(volume).forEach(this::await);
    }

    private List<Long> active(String volume) {
        return wsapi.members(Call.get("list the tasks", PATH), Items.Task.class).stream()
                .filter(task -> task.status() == ACTIVE && isOn(task, volume))
                .map(Items.Task::id)
                .toList();
    }

    /** Tasks bear the name of what they work on, or {@code SOURCE->TARGET}. */
    private static boolean isOn(Items.Task task, String volume) {
        return task.name() != null && List.of(task.name().split("->", 2)).contains(volume);
    }

    private void await(long id) {
        for (int looks = 1; look(id).status() == ACTIVE; looks++) pause(looks);
    }

    private void cancel(long id) {
        try {
            wsapi.send(Call.put("cancel task " + id, PATH)
                    .below(String.valueOf(id))
                    .body("action", CANCEL));
        } catch (ArrayRefused e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", e.getMessage()); // it has come to its end
        }
    }

    private void pause(int looks) {
        var first = wsapi.pauses().first();
        var longest = first.multipliedBy(LONGEST_PAUSE);
        var next = wsapi.pauses().after(looks);
        sleep(next.compareTo(longest) < 0 ? next : longest);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArrayUnreachable("Interrupted while watching a task of the array", e);
        }
    }
}
