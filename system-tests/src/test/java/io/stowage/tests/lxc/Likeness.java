package io.stowage.tests.lxc;

import io.stowage.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What may differ between a real LXD with btrfs and ours in everything that {@code lxc} prints, and why. */
enum Likeness {
    PROGRESS("percentages and rates are printed as often as there is time") {
        @Override
        String leave(String text) {
            return lines(text, line -> {
                String last = line.substring(line.lastIndexOf('\r') + 1);
                return PROGRESS_LINE.matcher(last).find() ? "" : last;
            });
        }
    },
    CONFIG(
            "keys of drivers, volatile ones, and those of file systems are each driver's own; not every pool has a size") {
        @Override
        String leave(String text) {
            return isJson(text) ? text : withoutOwnKeys(text);
        }
    },
    CREATED("5.0.2 doesn't know when something was created") {
        @Override
        String leave(String text) {
            return text.replaceAll("(?m)^ *created_at: .*\n", "");
        }
    },
    LOCATION(
            "volumes that every host reaches are nowhere in particular, those of a local btrfs are on no member of a cluster") {
        @Override
        String leave(String text) {
            return text.replaceAll("(?m)^ *location: .*\n", "");
        }
    },
    DOCUMENTS("JSON by its values: members in any order, and lists that are empty, not null") {
        @Override
        String leave(String text) {
            return isJson(text) ? document(Json.parse(text)).pretty() : text;
        }
    },
    DRIVER("the driver's name") {
        @Override
        String leave(String text) {
            return text.replaceAll("\\b(btrfs|pure|alletra)\\b", "DRIVER");
        }
    },
    SOURCE("a btrfs pool lies in a file") {
        @Override
        String leave(String text) {
            return text.replaceAll("/\\S*/disks/[a-z]+\\.img", "");
        }
    },
    TABLE("cells are as wide as what is in them") {
        @Override
        String leave(String text) {
            return lines(text.replaceAll("(?m)^\\+[-+]+\\+\n", ""), line -> line.replaceAll(" {2,}", " "));
        }
    },
    USED("space that is used, and what an array without quotas has in all") {
        @Override
        String leave(String text) {
            return text.replaceAll("(?m)^( *)(space used|total space|total|used|Usage): .*\n", "")
                    .replaceAll("\\| [0-9.]+([KMG]i)?B \\|", "| SIZE |")
                    .replaceAll("USAGE +\\|", "USAGE |");
        }
    },
    TIME("when it was") {
        @Override
        String leave(String text) {
            return text.replaceAll("2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                    .replaceAll("2\\d{3}/\\d\\d/\\d\\d \\d\\d:\\d\\d [A-Z]+", "TIME");
        }
    },
    NOT_FOUND("6.9's words, with \"snapshot\" where one is missing") {
        @Override
        String leave(String text) {
            return text.replaceAll("Storage volume \"[^\"]*\" in project .* does not exist on pool \"[^\"]*\": ", "")
                    .replaceAll(
                            "Storage pool volume not found|Storage volume snapshot not found",
                            "Storage volume not found");
        }
    },
    OCCASION("LXD says sometimes what it was doing when something was missing") {
        @Override
        String leave(String text) {
            return text.replaceAll(
                    "Error: (Fetch [a-z]+|Failed to load project \"[^\"]*\"|Storage pool not found): ", "Error: ");
        }
    },
    DEVICE("of two devices that collide LXD names either") {
        @Override
        String leave(String text) {
            return text.replaceAll("Device validation failed for \"[^\"]*\"", "Device validation failed");
        }
    },
    INVALID("ours names value, key and what is allowed") {
        @Override
        String leave(String text) {
            return text.replaceAll(
                            "Invalid value for (volume \"[^\"]*\" )?option (\"[^\"]*\"): .*", "Invalid value for $2")
                    .replaceAll("Invalid value \"[^\"]*\" for key (\"[^\"]*\"): .*", "Invalid value for $1")
                    .replaceAll("Invalid option (for volume \"[^\"]*\" option )?(\"[^\"]*\")", "Unknown key $2")
                    .replaceAll("Unknown (pool|volume) key", "Unknown key");
        }
    };

    private static final Pattern PROGRESS_LINE = Pattern.compile("^(Exporting|Importing|Copying|Renaming|Moving) .*");
    private static final Pattern KEY = Pattern.compile("^ +([a-z._]+): .*");
    private static final Pattern OWN_KEY = Pattern.compile("source|(pure|alletra|volatile|block)\\..*");
    private static final Pattern IS_OF_POOLS = Pattern.compile("(?m)^ *driver: ");

    private final String reason;

    Likeness(String reason) {
        this.reason = reason;
    }

    /** What is left of a text when what may differ is taken away. */
    abstract String leave(String text);

    String reason() {
        return reason;
    }

    static String likened(String text) {
        String left = text;
        for (Likeness likeness : values()) {
            left = likeness.leave(left);
        }
        return left;
    }

    private static String lines(String text, UnaryOperator<String> change) {
        StringBuilder changed = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            changed.append(change.apply(line).stripTrailing()).append('\n');
        }
        return changed.substring(0, changed.length() - 1);
    }

    private static boolean isJson(String text) {
        return text.startsWith("[{") || text.startsWith("{");
    }

    private static Json document(Json json) {
        return switch (json) {
            case Json.Arr(var items) ->
                Json.of(items.stream().map(Likeness::document).toList());
            case Json.Obj(var members) -> object(members);
            default -> json;
        };
    }

    private static Json object(Map<String, Json> members) {
        var left = new TreeMap<String, Json>();
        members.forEach((name, value) -> left.put(name, document(value)));
        left.remove("created_at");
        left.remove("location");
        left.computeIfPresent("used_by", (_, users) -> users.isNull() ? Json.of(List.of()) : users);
        left.computeIfPresent("config", (_, config) -> {
            var keys = new TreeMap<>(config.fields());
            keys.keySet().removeIf(key -> isOwn(key, members.containsKey("driver")));
            return Json.of(keys);
        });
        return Json.of(left);
    }

    private static boolean isOwn(String key, boolean ofPool) {
        return OWN_KEY.matcher(key).matches() || (ofPool && key.equals("size"));
    }

    /** YAML without these keys and the lines that continue their values. */
    private static String withoutOwnKeys(String yaml) {
        boolean ofPools = IS_OF_POOLS.matcher(yaml).find();
        List<String> left = new ArrayList<>();
        int dropped = Integer.MAX_VALUE;
        for (String line : yaml.split("\n", -1)) {
            if (indent(line) > dropped) {
                continue;
            }
            var key = KEY.matcher(line);
            boolean own = key.matches() && isOwn(key.group(1), ofPools);
            dropped = own ? indent(line) : Integer.MAX_VALUE;
            if (!own) {
                left.add(line);
            }
        }
        for (int i = 0; i + 1 < left.size(); i++) {
            if (left.get(i).endsWith("config:") && indent(left.get(i + 1)) <= indent(left.get(i))) {
                left.set(i, left.get(i) + " {}");
            }
        }
        return String.join("\n", left);
    }

    /** Where the first key of a line is; an item of a list is deeper than its dash. */
    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.startsWith("- ", at))) {
            at++;
        }
        return at;
    }
}
