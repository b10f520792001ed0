package io.stowage.array.wsapi.task;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** {@code /tasks}. */
public final class TaskCalls {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Progress is told in hundredths. */
    private static final int STEPS = 100;

    private static final int NOT_APPLICABLE = -1;
    private static final int CANCEL = 1;

    private final Estate estate;
    private final Tasks tasks;
    private final String user;

    /** @param user who began all tasks */
    public TaskCalls(Estate estate, Tasks tasks, String user) {
        this.estate = estate;
        this.tasks = tasks;
        this.user = user;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "tasks", this::list),
                new Endpoint("GET", "tasks/*", this::get),
                new Endpoint("PUT", "tasks/*", this::change));
    }

    private Answer list(Call call) {
        var now = estate.time().instant();
        return estate.read(objects -> Answer.members(objects.jobs().stream()
                .filter(task -> Tasks.isTold(task, now))
                .sorted(Comparator.comparingLong(Job::number))
                .map(task -> json(task, now, call))
                .toList()));
    }

    private Answer get(Call call) {
        var now = estate.time().instant();
        return estate.read(objects -> Answer.of(json(require(objects, call), now, call)));
    }

    private Answer change(Call call) {
        call.input().allow("action");
        if (call.input().choice("action", CANCEL).isEmpty()) {
            throw Problem.MISSING_REQUIRED.of("action");
        }
        return estate.change(draft -> {
            tasks.cancel(draft, require(draft.objects(), call));
            return Answer.done();
        });
    }

    /** Not a number is refused as of the wrong type, a number that no task can have as out of range (section 8). */
    private Job require(Objects objects, Call call) {
        if (!call.name().matches("-?[0-9]+")) {
            throw Problem.WRONG_TYPE.refusal();
        }
        var number = new BigInteger(call.name());
        if (number.signum() <= 0) {
            throw Problem.BELOW_RANGE.refusal();
        } else if (number.compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) > 0) {
            throw Problem.EXCEEDS_RANGE.refusal();
        }
        return objects.job(number.longValue())
                .filter(task -> Tasks.isTold(task, estate.time().instant()))
                .orElseThrow(Problem.NON_EXISTENT_TASK::refusal);
    }

    private ObjectNode json(Job task, Instant now, Call call) {
        var done = (int) (STEPS * task.progress(now));
        var json = Json.object()
                .put("id", task.number())
                .put("type", Tasks.kind(task).number())
                .put("name", Tasks.name(task))
                .put("status", Tasks.status(task).number())
                .put("completedPhases", task.isOver() ? 1 : 0)
                .put("totalPhases", 1)
                .put("completedSteps", done)
                .put("totalSteps", STEPS)
                .put("startTime", TIME.format(task.started()))
                .put("finishTime", task.ended().map(TIME::format).orElse("-"))
                .put("priority", NOT_APPLICABLE)
                .put("user", user);
        if (!call.parameter("view").filter("excludeDetail"::equals).isPresent()) {
            json.put("detailedStatus", details(task));
        }
        return json;
    }

    private String details(Job task) {
        var text = new StringBuilder("%s Created     task.\n%s Updated     Running %s of %s."
                .formatted(
                        TIME.format(task.started()),
                        TIME.format(task.started()),
                        task.kind().toLowerCase(Locale.ROOT),
                        Tasks.name(task)));
        task.ended().ifPresent(end -> text.append("\n%s %s.".formatted(TIME.format(end), ending(Tasks.status(task)))));
        return text.toString();
    }

    private static String ending(TaskStatus status) {
        return switch (status) {
            case DONE -> "Completed   task";
            case CANCELLED -> "Cancelled   task";
            case ACTIVE, FAILED -> "Failed      task";
        };
    }
}
