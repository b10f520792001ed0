package io.stowage.array.fault;

import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the lines of the control socket. Thread-safe. */
public final class Controls {
    private static final String KINDS =
            "a line has \"on\" and \"do\", or \"set\" and \"to\", or \"list\", \"clear\", \"calls\" or \"end\"";

    /** The key that names one when several are served. */
    static final String PERSONALITY = "personality";

    /** So many switches make each call slow; whoever sets more has forgotten to clear them. */
    private static final int MOST_SWITCHES = 1000;

    private final Faults faults;
    private final List<Surroundings> personalities;
    private final List<Knob> common;
    private final AtomicLong lastId = new AtomicLong();

    /**
     * @param personalities those that are served; the first is meant when a line names none
     * @param common what may be set whatever the personality
     */
    public Controls(Faults faults, List<Surroundings> personalities, List<Knob> common) {
        this.faults = faults;
        this.personalities = List.copyOf(personalities);
        this.common = List.copyOf(common);
    }

    /** Carries one line out and answers with one: {@code "ok"} and, if that is false, {@code "error"}. */
    public byte[] answer(byte[] line) {
        try {
            return Json.write(carryOut(object(line)));
        } catch (BadControl e) {
            return refused(e.sentence());
        } catch (MalformedJson e) {
            return refused("The line is not valid JSON: " + e.getMessage() + ".");
        }
    }

    /** The answer to what is not carried out. */
    static byte[] refused(String sentence) {
        return Json.write(Json.object().put("ok", false).put("error", sentence));
    }

    private static ObjectNode object(byte[] line) throws BadControl {
        if (Json.tree(line) instanceof ObjectNode object) {
            return object;
        }
        throw new BadControl("The line is not a JSON object: %s.".formatted(KINDS));
    }

    private ObjectNode carryOut(ObjectNode line) throws BadControl {
        if (line.has("on")) {
            return add(line);
        } else if (line.has("set")) {
            return set(line);
        } else if (line.has("list")) {
            only(line, "list", PERSONALITY);
            return list(line);
        } else if (line.has("clear")) {
            only(line, "clear");
            return clear(line.path("clear"));
        } else if (line.has("calls")) {
            only(line, "calls");
            return calls(line.path("calls"));
        } else if (line.has("end")) {
            only(line, "end", PERSONALITY);
            return end(line);
        }
        throw new BadControl("Nothing to do: %s.".formatted(KINDS));
    }

    private static void only(ObjectNode line, String... keys) throws BadControl {
        new Keys(line).allow("this line", Set.of(keys), Set.of());
    }

    private static ObjectNode ok() {
        return Json.object().put("ok", true);
    }

    private ObjectNode add(ObjectNode line) throws BadControl {
        if (faults.all().size() >= MOST_SWITCHES) {
            throw new BadControl(
                    "%d switches are set: clear some, for example with {\"clear\": true}.".formatted(MOST_SWITCHES));
        }
        var id = lastId.incrementAndGet();
        new FaultRequest(line, meant(line), personalities).apply(faults, id);
        return ok().put("id", id);
    }

    private ObjectNode list(ObjectNode line) throws BadControl {
        var answer = ok();
        var switches = answer.putArray("faults");
        faults.all().forEach(each -> switches.add(each.describe()));
        var settings = answer.putObject("settings");
        knobs(line).forEach(knob -> settings.set(knob.name(), knob.value()));
        return answer;
    }

    private ObjectNode clear(JsonNode which) throws BadControl {
        int cleared;
        if (which.isBoolean() && which.booleanValue()) {
            cleared = faults.remove(_ -> true);
        } else if (which.isIntegralNumber() && which.canConvertToLong()) {
            var id = which.longValue();
            cleared = faults.remove(each -> each.id() == id);
        } else if (which.isString()) {
            var on = which.stringValue();
            cleared = faults.remove(each -> each.isOn(on));
        } else {
            throw BadControl.invalid("clear", which, "true for all, a switch's \"id\", or an \"on\" as it was set");
        }
        return ok().put("cleared", cleared);
    }

    private ObjectNode set(ObjectNode line) throws BadControl {
        only(line, "set", "to", PERSONALITY);
        var name = new Keys(line).requiredText("set");
        if (!line.has("to")) {
            throw new BadControl("\"to\" is missing: the value, or null for the usual one.");
        }
        var knobs = knobs(line);
        for (var knob : knobs) {
            if (knob.name().equals(name)) {
                knob.set(line.path("to"));
                return ok();
            }
        }
        var known = knobs.stream().map(Knob::name).collect(Collectors.joining(", "));
        throw BadControl.invalid("set", Keys.quoted(name), "one of " + known);
    }

    private List<Knob> knobs(ObjectNode line) throws BadControl {
        return Stream.concat(meant(line).knobs().stream(), common.stream()).toList();
    }

    /** What was counted until now; {@code "reset"} begins anew after that. */
    private ObjectNode calls(JsonNode which) throws BadControl {
        var reset = which.asString("").equals("reset");
        if (!reset && !(which.isBoolean() && which.booleanValue())) {
            throw BadControl.invalid("calls", which, "true, or \"reset\"");
        }
        var answer = ok();
        var counted = answer.putArray("calls");
        for (var each : personalities) {
            if (reset) {
                each.calls().take(counted);
            } else {
                each.calls().describe(counted);
            }
        }
        return answer;
    }

    private ObjectNode end(ObjectNode line) throws BadControl {
        if (!line.path("end").asString("").equals("sessions")) {
            throw BadControl.invalid("end", line.path("end"), "\"sessions\"");
        }
        for (var each : line.has(PERSONALITY) ? List.of(meant(line)) : personalities) {
            each.endSessions();
        }
        return ok();
    }

    /** The personality that a line names, or the first. */
    private Surroundings meant(ObjectNode line) throws BadControl {
        var name = new Keys(line).text(PERSONALITY);
        if (name.isEmpty()) {
            return personalities.getFirst();
        }
        for (var each : personalities) {
            if (each.personality().equals(name.get())) {
                return each;
            }
        }
        var known = personalities.stream().map(Surroundings::personality).collect(Collectors.joining(", "));
        throw BadControl.invalid(PERSONALITY, Keys.quoted(name.get()), "one of " + known);
    }
}
