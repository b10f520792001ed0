package io.stowage.array.flasharray;

import io.stowage.array.management.FuzzedRequest;
import io.stowage.array.management.Oddities;
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
    private final Oddities odd;
    private final List<Call> calls;
    private final Supplier<String> session;

    /** A method on a path that has it. */
    record Call(String method, String path) {}

    Fuzz(Random random, List<Call> calls, Supplier<String> session) {
        this.random = random;
        this.odd = new Oddities(random);
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
        if (!odd.oneIn(50)) {
            headers.put("x-auth-token", session.get());
        } else if (odd.oneIn(2)) {
            headers.put("x-auth-token", text());
        }
        if (odd.oneIn(20)) {
            headers.put("x-request-id", text());
        }
        if (odd.oneIn(50)) {
            headers.put("api-token", text());
        }
        var call = odd.oneOf(calls);
        var method = odd.oneIn(50) ? odd.oneOf(METHODS) : call.method();
        return new FuzzedRequest(method, path(call), query(), Map.copyOf(headers), body());
    }

    private String path(Call call) {
        if (odd.oneIn(100)) {
            return "/" + odd.oneOf(List.of("", "api", "api/", "api//", "api/2.26", "api/api_version", "%41"))
                    + (odd.oneIn(2) ? "" : Oddities.encoded(text()));
        }
        var version =
                odd.oneIn(10) ? odd.oneOf(List.of("2.0", "2.2", "2.15", "2.22", "2.23", "1.19", "2.12", "x")) : "2.26";
        return "/api/" + version + "/" + (odd.oneIn(50) ? odd.mutated(call.path()) : call.path());
    }

    private String query() {
        var parameters = new ArrayList<String>();
        if (!odd.oneIn(10)) {
            parameters.add("names=" + Oddities.encoded(nameList()));
        }
        for (int more = random.nextInt(4); more > 0; more--) {
            var name = odd.oneOf(PARAMETERS);
            parameters.add(name + (odd.oneIn(50) ? "" : "=" + Oddities.encoded(parameter(name))));
        }
        return String.join("&", parameters);
    }

    private String parameter(String name) {
        if (odd.oneIn(8)) {
            return text();
        }
        return switch (name) {
            case "filter" -> filter(0);
            case "sort" ->
                odd.oneOf(FIELDS) + (odd.oneIn(2) ? "-" : "") + (odd.oneIn(3) ? "," + odd.oneOf(FIELDS) : "");
            case "limit", "offset", "start_time", "end_time", "resolution", "block_size", "segment_size" ->
                odd.oneOf(Oddities.NUMBERS);
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
                    "apply_retention" -> odd.oneIn(2) ? "true" : "false";
            default -> nameList();
        };
    }

    private String filter(int depth) {
        if (odd.oneIn(30)) {
            return odd.oneIn(2) ? "(".repeat(random.nextInt(3000)) : "not ".repeat(random.nextInt(3000)) + "name";
        }
        var test = switch (random.nextInt(7)) {
            case 0 -> odd.oneOf(FIELDS);
            case 1 -> "contains(" + odd.oneOf(FIELDS) + ",'" + text() + "')";
            case 2 -> odd.oneOf(FIELDS) + "=('" + odd.oneOf(NAMES) + "','" + text() + "')";
            case 3 -> "tags('" + text() + "','" + text() + "')";
            case 4 -> odd.oneOf(FIELDS) + odd.oneOf(OPERATORS) + odd.oneOf(Oddities.NUMBERS);
            default -> odd.oneOf(FIELDS) + odd.oneOf(OPERATORS) + "'" + text() + "'";
        };
        if (depth >= DEEPEST || odd.oneIn(2)) {
            return test;
        }
        return switch (random.nextInt(4)) {
            case 0 -> "not(" + filter(depth + 1) + ")";
            case 1 -> "(" + test + " or " + filter(depth + 1) + ")";
            case 2 -> test + " and " + filter(depth + 1);
            default -> odd.mutated(test + " and " + filter(depth + 1));
        };
    }

    private byte[] body() {
        if (odd.oneIn(4)) {
            return new byte[0];
        }
        if (odd.oneIn(100)) {
            return odd.bomb("name", "provisioned").getBytes(StandardCharsets.UTF_8);
        }
        var json = odd.oneIn(8) ? array(0) : object(0);
        var bytes = (odd.oneIn(30) ? odd.mutated(json) : json).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && odd.oneIn(50)) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int more = random.nextInt(5); more > 0; more--) {
            var key = odd.oneOf(ATTRIBUTES);
            members.add(Oddities.quoted(key) + ":" + attribute(key, depth));
        }
        return "{" + String.join(",", members) + "}"; // the same key twice now and then
    }

    private String array(int depth) {
        var elements = new ArrayList<String>();
        for (int more = random.nextInt(odd.oneIn(50) ? 100 : 4); more > 0; more--) {
            elements.add(odd.oneIn(3) ? value(depth + 1) : object(depth + 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String attribute(String key, int depth) {
        if (key.endsWith("password")) {
            return Oddities.quoted(SECRET + random.nextInt(4));
        }
        if (odd.oneIn(4)) {
            return value(depth);
        }
        return switch (key) {
            case "name", "source_name", "suffix", "host_user", "target_user" -> Oddities.quoted(odd.oneOf(NAMES));
            case "destroyed", "enabled", "copyable" -> odd.oneIn(2) ? "true" : "false";
            case "provisioned", "quota_limit", "lun", "iops_limit", "bandwidth_limit", "frequency", "at", "mtu" ->
                odd.oneOf(Oddities.NUMBERS);
            case "source", "pod", "volume_group", "host_group" ->
                "{\"name\":" + Oddities.quoted(odd.oneOf(NAMES)) + "}";
            case "iqns", "add_iqns", "remove_iqns" ->
                "[" + Oddities.quoted("iqn.1993-08.org.debian:01:" + random.nextInt(4)) + "]";
            case "nqns", "add_nqns" ->
                "[" + Oddities.quoted("nqn.2014-08.org.nvmexpress:uuid:" + random.nextInt(4)) + "]";
            default -> value(depth);
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 9 : 6)) {
            case 0 -> "null";
            case 1 -> odd.oneIn(2) ? "true" : "false";
            case 2 -> odd.oneOf(Oddities.NUMBERS);
            case 3, 4 -> Oddities.quoted(odd.oneOf(NAMES));
            case 5 -> Oddities.quoted(text());
            case 6, 7 -> object(depth + 1);
            default -> array(depth + 1);
        };
    }

    private String nameList() {
        var names = new ArrayList<String>();
        for (int more = 1 + random.nextInt(odd.oneIn(5) ? 4 : 1); more > 0; more--) {
            names.add(odd.oneIn(20) ? text() : odd.oneOf(NAMES));
        }
        return String.join(",", names);
    }

    private String text() {
        return odd.oneIn(3)
                ? odd.oneOf(NAMES)
                : odd.oneIn(8) ? odd.mutated(odd.oneOf(NAMES)) : odd.oneOf(Oddities.TEXTS);
    }
}
