package io.stowage.array.flasharray;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes requests that are nearly right: real paths, parameters and attributes with values of any kind. */
final class Fuzz {
    /** Stands in every password that is sent, and must never come back. */
    static final String SECRET = "never-to-be-told";

    private static final List<String> METHODS =
            List.of("GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "get", "X");
    private static final List<String> NAMES = List.of(
            "a",
            "B",
            "c",
            "pod1",
            "pod2",
            "pod1::a",
            "POD1::b",
            "pod2::c",
            "vg1",
            "vg1/a",
            "pod1::vg1",
            "pod1::vg1/b",
            "h1",
            "h2",
            "hg1",
            "pg1",
            "pod1::pg1",
            "a.s",
            "pod1::a.s",
            "pg1.s",
            "pg1.s.a",
            "pod1::pg1.s.b",
            "a.1",
            "ct0.eth4",
            "CT0.ETH4",
            "vir0",
            "subnet1",
            "management",
            "array1",
            "array1:h1");
    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\0",
            "'",
            "''",
            "\"",
            "\\",
            ",",
            ",,,",
            "*",
            "**",
            "%",
            "a\nb",
            "ä",
            "\uD800",
            "😀",
            "::",
            "::a",
            "a::",
            "a::b::c",
            ".",
            "..",
            "a.",
            ".a",
            "/",
            "a/",
            "/a",
            "null",
            "true",
            "-1",
            "1e9",
            "NaN",
            "x".repeat(63),
            "x".repeat(64),
            "x".repeat(5000),
            "../../etc/passwd",
            "${jndi:x}",
            "<b>",
            "a=b&c=d");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "100",
            "511",
            "512",
            "1048575",
            "1048576",
            "1048577",
            "4194304",
            "1073741824",
            "4503599627370496",
            "4503599627371008",
            "86400000",
            "2592000000",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1.5",
            "1e3",
            "1e400",
            "-0",
            "0.0",
            "9".repeat(400),
            "9".repeat(2000),
            "1e" + "9".repeat(9));
    private static final List<String> ATTRIBUTES = List.of(
            "name",
            "names",
            "id",
            "destroyed",
            "provisioned",
            "source",
            "pod",
            "volume_group",
            "qos",
            "iops_limit",
            "bandwidth_limit",
            "priority_adjustment",
            "priority_adjustment_operator",
            "priority_adjustment_value",
            "subtype",
            "suffix",
            "tags",
            "key",
            "value",
            "namespace",
            "copyable",
            "iqns",
            "nqns",
            "wwns",
            "add_iqns",
            "remove_iqns",
            "add_nqns",
            "remove_nqns",
            "add_wwns",
            "remove_wwns",
            "chap",
            "host_user",
            "host_password",
            "target_user",
            "target_password",
            "personality",
            "vlan",
            "host_group",
            "preferred_arrays",
            "lun",
            "protocol_endpoint",
            "quota_limit",
            "mediator",
            "failover_preferences",
            "requested_promotion_state",
            "default_protections",
            "type",
            "snapshot_schedule",
            "replication_schedule",
            "source_retention",
            "target_retention",
            "retention_lock",
            "enabled",
            "frequency",
            "at",
            "blackout",
            "start",
            "end",
            "all_for_sec",
            "days",
            "per_day",
            "eradication_config",
            "manual_eradication",
            "enabled_delay",
            "disabled_delay",
            "eradication_delay",
            "idle_timeout",
            "scsi_timeout",
            "banner",
            "ntp_servers",
            "prefix",
            "gateway",
            "mtu",
            "services",
            "interfaces",
            "eth",
            "address",
            "netmask",
            "subnet",
            "management_address",
            "replication_addresses",
            "connection_key",
            "source_name",
            "source_id",
            "username",
            "password",
            "throttle",
            "members",
            "unknown");
    private static final List<String> PARAMETERS = List.of(
            "names",
            "names",
            "names",
            "ids",
            "source_names",
            "source_ids",
            "host_names",
            "host_group_names",
            "volume_names",
            "volume_ids",
            "group_names",
            "group_ids",
            "member_names",
            "member_ids",
            "resource_names",
            "resource_ids",
            "namespaces",
            "keys",
            "filter",
            "sort",
            "limit",
            "offset",
            "continuation_token",
            "total_item_count",
            "total_only",
            "destroyed",
            "overwrite",
            "truncate",
            "destroy_contents",
            "eradicate_contents",
            "with_default_protection",
            "add_to_protection_group_names",
            "remove_from_protection_group_names",
            "ignore_usage",
            "start_time",
            "end_time",
            "resolution",
            "base_name",
            "block_size",
            "segment_size",
            "segment_start_offset",
            "apply_retention",
            "replicate",
            "replicate_now",
            "for_replication",
            "on",
            "pod_names",
            "protocol",
            "context_names",
            "allow_errors",
            "resource_destroyed",
            "unknown");
    private static final List<String> FIELDS = List.of(
            "name",
            "id",
            "destroyed",
            "provisioned",
            "pod.name",
            "source.name",
            "space.virtual",
            "iqns",
            "services",
            "eth.address",
            "qos.iops_limit",
            "created",
            "lun",
            "host.name",
            "no.such.field",
            "iqns[any]",
            "iqns[all]");
    private static final List<String> OPERATORS = List.of("=", "!=", "<", ">", "<=", ">=", "==", "");
    private static final int DEEPEST = 4;

    private final Random random;
    private final List<Call> calls;
    private final Supplier<String> session;

    /** A method on a path that has it. */
    record Call(String method, String path) {}

    Fuzz(Random random, List<Call> calls, Supplier<String> session) {
        this.random = random;
        this.calls = List.copyOf(calls);
        this.session = session;
    }

    FuzzedRequest next() {
        while (true) {
            var request = any();
            if (request.isDecodable()) { // others don't come as far as to us
                return request;
            }
        }
    }

    private FuzzedRequest any() {
        var headers = new HashMap<String, String>();
        if (!oneIn(50)) {
            headers.put("x-auth-token", session.get());
        } else if (oneIn(2)) {
            headers.put("x-auth-token", text());
        }
        if (oneIn(20)) {
            headers.put("x-request-id", text());
        }
        if (oneIn(50)) {
            headers.put("api-token", text());
        }
        var call = oneOf(calls);
        var method = oneIn(50) ? oneOf(METHODS) : call.method();
        return new FuzzedRequest(method, path(call), query(), Map.copyOf(headers), body());
    }

    private String path(Call call) {
        if (oneIn(100)) {
            return "/" + oneOf(List.of("", "api", "api/", "api//", "api/2.26", "api/api_version", "%41"))
                    + (oneIn(2) ? "" : encoded(text()));
        }
        var version = oneIn(10) ? oneOf(List.of("2.0", "2.2", "2.15", "2.22", "2.23", "1.19", "2.12", "x")) : "2.26";
        return "/api/" + version + "/" + (oneIn(50) ? mutated(call.path()) : call.path());
    }

    private String query() {
        var parameters = new ArrayList<String>();
        if (!oneIn(10)) {
            parameters.add("names=" + encoded(nameList()));
        }
        for (int more = random.nextInt(4); more > 0; more--) {
            var name = oneOf(PARAMETERS);
            parameters.add(name + (oneIn(50) ? "" : "=" + encoded(parameter(name))));
        }
        return String.join("&", parameters);
    }

    private String parameter(String name) {
        if (oneIn(8)) {
            return text();
        }
        return switch (name) {
            case "filter" -> filter(0);
            case "sort" -> oneOf(FIELDS) + (oneIn(2) ? "-" : "") + (oneIn(3) ? "," + oneOf(FIELDS) : "");
            case "limit", "offset", "start_time", "end_time", "resolution", "block_size", "segment_size" ->
                oneOf(NUMBERS);
            case "total_item_count",
                    "total_only",
                    "destroyed",
                    "overwrite",
                    "truncate",
                    "destroy_contents",
                    "eradicate_contents",
                    "with_default_protection",
                    "ignore_usage",
                    "replicate",
                    "apply_retention" -> oneIn(2) ? "true" : "false";
            default -> nameList();
        };
    }

    private String filter(int depth) {
        if (oneIn(30)) {
            return oneIn(2) ? "(".repeat(random.nextInt(3000)) : "not ".repeat(random.nextInt(3000)) + "name";
        }
        var test = switch (random.nextInt(7)) {
            case 0 -> oneOf(FIELDS);
            case 1 -> "contains(" + oneOf(FIELDS) + ",'" + text() + "')";
            case 2 -> oneOf(FIELDS) + "=('" + oneOf(NAMES) + "','" + text() + "')";
            case 3 -> "tags('" + text() + "','" + text() + "')";
            case 4 -> oneOf(FIELDS) + oneOf(OPERATORS) + oneOf(NUMBERS);
            default -> oneOf(FIELDS) + oneOf(OPERATORS) + "'" + text() + "'";
        };
        if (depth >= DEEPEST || oneIn(2)) {
            return test;
        }
        return switch (random.nextInt(4)) {
            case 0 -> "not(" + filter(depth + 1) + ")";
            case 1 -> "(" + test + " or " + filter(depth + 1) + ")";
            case 2 -> test + " and " + filter(depth + 1);
            default -> mutated(test + " and " + filter(depth + 1));
        };
    }

    private byte[] body() {
        if (oneIn(4)) {
            return new byte[0];
        }
        if (oneIn(100)) {
            return bomb().getBytes(StandardCharsets.UTF_8);
        }
        var json = oneIn(8) ? array(0) : object(0);
        var bytes = (oneIn(30) ? mutated(json) : json).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && oneIn(50)) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String bomb() {
        var many = 1 + random.nextInt(20_000);
        return switch (random.nextInt(5)) {
            case 0 -> "[".repeat(many);
            case 1 -> "{\"name\":".repeat(many);
            case 2 -> "{\"provisioned\":" + "1".repeat(many) + "}";
            case 3 -> "{\"name\":\"" + "\\u0061".repeat(many) + "\"}";
            default -> "[" + "{},".repeat(many) + "{}]";
        };
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int more = random.nextInt(5); more > 0; more--) {
            var key = oneOf(ATTRIBUTES);
            members.add(quoted(key) + ":" + attribute(key, depth));
        }
        return "{" + String.join(",", members) + "}"; // the same key twice now and then
    }

    private String array(int depth) {
        var elements = new ArrayList<String>();
        for (int more = random.nextInt(oneIn(50) ? 100 : 4); more > 0; more--) {
            elements.add(oneIn(3) ? value(depth + 1) : object(depth + 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String attribute(String key, int depth) {
        if (key.endsWith("password")) {
            return quoted(SECRET + random.nextInt(4));
        }
        if (oneIn(4)) {
            return value(depth);
        }
        return switch (key) {
            case "name", "source_name", "suffix", "host_user", "target_user" -> quoted(oneOf(NAMES));
            case "destroyed", "enabled", "copyable" -> oneIn(2) ? "true" : "false";
            case "provisioned", "quota_limit", "lun", "iops_limit", "bandwidth_limit", "frequency", "at", "mtu" ->
                oneOf(NUMBERS);
            case "source", "pod", "volume_group", "host_group" -> "{\"name\":" + quoted(oneOf(NAMES)) + "}";
            case "iqns", "add_iqns", "remove_iqns" ->
                "[" + quoted("iqn.1993-08.org.debian:01:" + random.nextInt(4)) + "]";
            case "nqns", "add_nqns" -> "[" + quoted("nqn.2014-08.org.nvmexpress:uuid:" + random.nextInt(4)) + "]";
            default -> value(depth);
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 9 : 6)) {
            case 0 -> "null";
            case 1 -> oneIn(2) ? "true" : "false";
            case 2 -> oneOf(NUMBERS);
            case 3, 4 -> quoted(oneOf(NAMES));
            case 5 -> quoted(text());
            case 6, 7 -> object(depth + 1);
            default -> array(depth + 1);
        };
    }

    private String nameList() {
        var names = new ArrayList<String>();
        for (int more = 1 + random.nextInt(oneIn(5) ? 4 : 1); more > 0; more--) {
            names.add(oneIn(20) ? text() : oneOf(NAMES));
        }
        return String.join(",", names);
    }

    private String text() {
        return oneIn(3) ? oneOf(NAMES) : oneIn(8) ? mutated(oneOf(NAMES)) : oneOf(ODD_TEXTS);
    }

    private String mutated(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var at = random.nextInt(text.length());
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        var escaped = new StringBuilder("\"");
        for (var c : text.toCharArray()) {
            escaped.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return escaped.append('"').toString();
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
