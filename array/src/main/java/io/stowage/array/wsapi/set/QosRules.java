package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /qos}: limits and goals of what a volume set, or all that is in none, may read and write (section 10). They are
 * kept and told, not enforced.
 */
public final class QosRules {
    private static final String OF_SET = "vvset:";
    private static final String OTHERS = "all_others";
    private static final String OF_OTHERS = "sys:" + OTHERS;
    private static final int VVSET = 1;
    private static final int SYSTEM = 2;
    private static final int HIGHEST_PRIORITY = 3;
    private static final int NORMAL = 2;

    /** KiB per second, or I/Os per second, or milliseconds. */
    private static final List<String> NUMBERS =
            List.of("bwMinGoalKB", "bwMaxLimitKB", "ioMinGoal", "ioMaxLimit", "latencyGoal", "latencyGoaluSecs");

    /** 1 takes the limit away, 2 makes it none. */
    private static final List<String> OPERATIONS =
            List.of("bwMinGoalOP", "bwMaxLimitOP", "ioMinGoalOP", "ioMaxLimitOP");

    private static final Set<String> KNOWN = known();

    private final Estate estate;

    public QosRules(Estate estate) {
        this.estate = estate;
    }

    private static Set<String> known() {
        var known = new java.util.HashSet<>(NUMBERS);
        known.addAll(OPERATIONS);
        known.addAll(List.of("priority", "defaultLatency", "enable"));
        return known;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "qos", this::list),
                new Endpoint("POST", "qos", this::create),
                new Endpoint("GET", "qos/*", this::get),
                new Endpoint("PUT", "qos/*", this::modify),
                new Endpoint("DELETE", "qos/*", this::delete));
    }

    static boolean isEnabled(VolumeSet set) {
        return VolumeSets.text(set, VolumeSets.QOS)
                .map(QosRules::parse)
                .filter(rule -> rule.path("enabled").asBoolean(false))
                .isPresent();
    }

    private Answer list(Call call) {
        return estate.read(objects -> {
            var rules = new ArrayList<ObjectNode>();
            for (var set : objects.volumeSets()) {
                VolumeSets.text(set, VolumeSets.QOS).ifPresent(rule -> rules.add(json(set, rule)));
            }
            rule(objects, OF_OTHERS).ifPresent(rule -> rules.add(othersJson(rule)));
            return Answer.members(rules);
        });
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(require(objects, call.name())));
    }

    private Answer create(Call call) {
        var input = call.input();
        var allowed = new java.util.HashSet<>(KNOWN);
        allowed.addAll(List.of("name", "type"));
        input.allow(allowed);
        var name = input.requiredText("name");
        var type = input.choice("type", SYSTEM).orElse(VVSET);
        var target = type == SYSTEM ? OF_OTHERS : OF_SET + name;
        estate.change(draft -> {
            requireTarget(draft.objects(), target, name, type);
            if (rule(draft.objects(), target).isPresent()) {
                throw Problem.EXISTENT_QOS_RULE.refusal();
            }
            put(draft, target, Optional.of(applied(usual(), input)));
            return target;
        });
        return Answer.created("qos", target);
    }

    private static void requireTarget(Objects objects, String target, String name, int type) {
        var isThere =
                type == SYSTEM ? name.equals(OTHERS) : set(objects, target).isPresent();
        if (!isThere) {
            throw Problem.QOS_TARGET_OBJECT.refusal();
        }
    }

    private Answer modify(Call call) {
        call.input().allow(KNOWN);
        return estate.change(draft -> {
            var rule = rule(draft.objects(), call.name()).orElseThrow(Problem.NON_EXISTENT_QOS_RULE::refusal);
            put(draft, call.name(), Optional.of(applied(parse(rule), call.input())));
            return Answer.done();
        });
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            if (rule(draft.objects(), call.name()).isEmpty()) {
                throw Problem.NON_EXISTENT_QOS_RULE.refusal();
            }
            put(draft, call.name(), Optional.empty());
            return Answer.done();
        });
    }

    private static ObjectNode usual() {
        return Json.object().put("priority", NORMAL).put("enabled", true).put("defaultLatency", false);
    }

    private static ObjectNode applied(ObjectNode rule, Input input) {
        for (var name : NUMBERS) {
            input.number(name, 0, Integer.MAX_VALUE).ifPresent(value -> rule.put(name, value));
        }
        for (var name : OPERATIONS) {
            var limit = name.substring(0, name.length() - 2) + (name.startsWith("bw") ? "KB" : "");
            input.exclude(name, limit);
            input.choice(name, 2).ifPresent(operation -> {
                if (operation == 1) {
                    rule.put(limit, 0);
                } else {
                    rule.remove(limit);
                }
            });
        }
        requireOrder(rule, "bwMinGoalKB", "bwMaxLimitKB");
        requireOrder(rule, "ioMinGoal", "ioMaxLimit");
        input.choice("priority", HIGHEST_PRIORITY).ifPresent(value -> rule.put("priority", value));
        input.flag("enable").ifPresent(value -> rule.put("enabled", value));
        input.flag("defaultLatency").ifPresent(value -> rule.put("defaultLatency", value));
        return rule;
    }

    private static void requireOrder(ObjectNode rule, String goal, String limit) {
        if (rule.has(goal)
                && rule.has(limit)
                && rule.path(goal).asLong() > rule.path(limit).asLong()) {
            throw Problem.EXCEEDS_RANGE.of(goal);
        }
    }

    private static Optional<VolumeSet> set(Objects objects, String target) {
        return target.startsWith(OF_SET) ? objects.volumeSet(target.substring(OF_SET.length())) : Optional.empty();
    }

    private static Optional<String> rule(Objects objects, String target) {
        return target.equals(OF_OTHERS)
                ? objects.setting(VolumeSets.QOS).filter(text -> !text.isEmpty())
                : set(objects, target).flatMap(set -> VolumeSets.text(set, VolumeSets.QOS));
    }

    private static ObjectNode require(Objects objects, String target) {
        var rule = rule(objects, target).orElseThrow(Problem.NON_EXISTENT_QOS_RULE::refusal);
        return set(objects, target).map(set -> json(set, rule)).orElseGet(() -> othersJson(rule));
    }

    private static void put(Draft draft, String target, Optional<ObjectNode> rule) {
        var text = rule.map(Json::text);
        set(draft.objects(), target)
                .ifPresentOrElse(
                        set -> VolumeSets.put(draft, set, VolumeSets.QOS, text),
                        () -> draft.put(new Setting(VolumeSets.QOS, text.orElse(""))));
    }

    private static ObjectNode parse(String rule) {
        return (ObjectNode) Json.tree(rule.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(VolumeSet set, String rule) {
        return Json.object()
                .put("id", SetCalls.number(set))
                .put("type", VVSET)
                .put("name", set.name())
                .setAll(parse(rule));
    }

    private static ObjectNode othersJson(String rule) {
        return Json.object()
                .put("id", 0)
                .put("type", SYSTEM)
                .put("name", OTHERS)
                .setAll(parse(rule));
    }
}
