package io.stowage.array.wsapi;

import io.stowage.array.management.FuzzedRequest;
import io.stowage.array.management.Oddities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes requests that are nearly right: real paths and members with values of any kind. */
final class Fuzz {
    /** Stands in every secret that is sent, and must never come back. */
    static final String SECRET = "neverbetold";

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "X");
    private static final List<String> NAMES = List.of(
            "a", "B", "c", "a", "B", "s1", "h1", "H2", "n1", "set1", "set2", "hs1", "hs2", "SSD_r6", "cpg1", "k1");
    private static final List<String> REFERENCES = List.of(
            "set:set1",
            "set:hs1",
            "vvset:set1",
            "sys:all_others",
            "all_others",
            "0:3:1",
            "1:3:1",
            "0:4:1",
            "a,0,h1",
            "a,1,h1",
            "B,1,set:hs1",
            "set:set1,1,h1",
            "set:set1,1,set:hs1",
            "a,2,,0:3:1",
            "c,1,n1",
            "1",
            "2");
    private static final List<String> MEMBERS = List.of(
            "name",
            "newName",
            "cpg",
            "sizeMiB",
            "tpvv",
            "reduce",
            "tdvv",
            "compression",
            "id",
            "comment",
            "snapCPG",
            "userCPG",
            "policies",
            "zeroDetect",
            "expirationHours",
            "retentionHours",
            "rmExpTime",
            "usrSpcAllocWarningPct",
            "usrSpcAllocLimitPct",
            "action",
            "parameters",
            "destVolume",
            "destCPG",
            "online",
            "readOnly",
            "addToSet",
            "priority",
            "saveSnapshot",
            "volumeGroup",
            "volumeName",
            "snapshotName",
            "readWrite",
            "tuneOperation",
            "conversionOperation",
            "keepVV",
            "setmembers",
            "flashCachePolicy",
            "domain",
            "persona",
            "descriptors",
            "FCWWNs",
            "iSCSINames",
            "NQN",
            "transportType",
            "pathOperation",
            "forcePathRemoval",
            "chapOperation",
            "chapOperationMode",
            "chapName",
            "chapSecret",
            "chapSecretHex",
            "chapRemoveTargetOnly",
            "hostname",
            "lun",
            "autoLun",
            "maxAutoLun",
            "portPos",
            "node",
            "slot",
            "cardPort",
            "noVcn",
            "type",
            "ioMinGoal",
            "ioMaxLimit",
            "bwMaxLimitKB",
            "ioMinGoalOP",
            "enable",
            "key",
            "value",
            "growthLimitMiB",
            "growthIncrementMiB",
            "rmGrowthLimit",
            "LDLayout",
            "RAIDType",
            "diskPatterns",
            "user",
            "password",
            "sessionType",
            "unknown");
    /** What has a chance: ~ is a name, ^ perhaps of a set or a VLUN, # a number, ? true or false. */
    private static final List<Form> FORMS = List.of(
            new Form("POST", "volumes", "{'name':~,'cpg':'SSD_r6','sizeMiB':256,'tpvv':true}"),
            new Form("POST", "volumes", "{'name':~,'cpg':~,'sizeMiB':#,'reduce':true}"),
            new Form("POST", "volumes/*", "{'action':'createSnapshot','parameters':{'name':~,'readOnly':?}}"),
            new Form("POST", "volumes/*", "{'action':'createSnapshot','parameters':{'name':~,'addToSet':~}}"),
            new Form("POST", "volumes/*", "{'action':'createPhysicalCopy','parameters':{'destVolume':~}}"),
            new Form(
                    "POST",
                    "volumes/*",
                    "{'action':'createPhysicalCopy','parameters':{'destVolume':~,'online':true,'destCPG':'SSD_r6'}}"),
            new Form("PUT", "volumes/*", "{'action':#}"),
            new Form("PUT", "volumes/*", "{'action':3,'sizeMiB':#}"),
            new Form("PUT", "volumes/*", "{'newName':~,'comment':~,'expirationHours':#}"),
            new Form("DELETE", "volumes/*", "{'x':#}"),
            new Form("POST", "volumesets", "{'name':~,'setmembers':[~,~]}"),
            new Form("POST", "volumesets", "{'name':~}"),
            new Form("POST", "volumesets/*", "{'action':'createSnapshot','parameters':{'name':'x@count@'}}"),
            new Form("PUT", "volumesets/*", "{'action':#,'setmembers':[~]}"),
            new Form("PUT", "volumesets/*", "{'action':#}"),
            new Form("POST", "hosts", "{'name':~,'iSCSINames':['iqn.x:#']}"),
            new Form("POST", "hosts", "{'name':~,'NQN':'nqn.x:#','transportType':2}"),
            new Form("PUT", "hosts/*", "{'pathOperation':#,'iSCSINames':['iqn.x:#']}"),
            new Form("POST", "hostsets", "{'name':~,'setmembers':[~]}"),
            new Form("PUT", "hostsets/*", "{'action':#,'setmembers':[~]}"),
            new Form("POST", "vluns", "{'volumeName':^,'hostname':^,'lun':#,'autoLun':?}"),
            new Form("POST", "vluns", "{'volumeName':~,'lun':#,'portPos':{'node':0,'slot':3,'cardPort':1}}"),
            new Form("DELETE", "vluns/*", "{'x':#}"),
            new Form("POST", "cpgs", "{'name':~,'growthLimitMiB':#}"),
            new Form("POST", "qos", "{'name':~,'type':1,'ioMaxLimit':#}"),
            new Form("POST", "volumes/*/objectKeyValues", "{'key':~,'value':~}"));

    private static final List<String> FIELDS = List.of(
            "name",
            "id",
            "wwn",
            "copyOf",
            "userCPG",
            "volumeName",
            "hostname",
            "setmembers",
            "iSCSIPaths",
            "type",
            "x");
    private static final List<String> OPERATORS = List.of("==", " EQ ", " NE ", " LIKE ", "!=", "=", " ");
    private static final int DEEPEST = 4;

    private final Random random;
    private final Oddities odd;
    private final List<String> paths;
    private final Supplier<String> key;

    /** A call that could succeed. */
    private record Form(String method, String path, String body) {}

    /** @param paths with stars for names */
    Fuzz(Random random, List<String> paths, Supplier<String> key) {
        this.random = random;
        this.odd = new Oddities(random);
        this.paths = List.copyOf(paths);
        this.key = key;
    }

    /** One that the HTTP server lets through. */
    FuzzedRequest next() {
        while (true) {
            var request = any();
            if (request.isDecodable()) {
                return request;
            }
        }
    }

    private FuzzedRequest any() {
        var headers = new HashMap<String, String>();
        if (!odd.oneIn(50)) {
            headers.put("x-hp3par-wsapi-sessionkey", key.get());
        }
        headers.put("content-type", odd.oneIn(50) ? text() : "application/json");
        if (odd.oneIn(50)) {
            headers.put("accept", text());
        }
        if (odd.oneIn(50)) {
            headers.put("accept-language", text());
        }
        if (!odd.oneIn(3)) {
            var form = odd.oneOf(FORMS);
            var body = filled(form.body()).getBytes(StandardCharsets.UTF_8);
            return new FuzzedRequest(form.method(), path(form.path()), query(), Map.copyOf(headers), body);
        }
        var method = odd.oneIn(50) ? odd.oneOf(METHODS) : odd.oneOf(List.of("GET", "POST", "PUT", "DELETE"));
        return new FuzzedRequest(method, path(odd.oneOf(paths)), query(), Map.copyOf(headers), body());
    }

    private String path(String pattern) {
        if (odd.oneIn(100)) {
            return "/" + odd.oneOf(List.of("", "api", "api/", "api//v1", "api/v2", "api/v1", "%41"))
                    + (odd.oneIn(2) ? "" : Oddities.encoded(text()));
        }
        var segments = new ArrayList<String>();
        for (var segment : pattern.split("/", -1)) {
            segments.add(
                    segment.equals("*") ? Oddities.encoded(odd.oneIn(4) ? odd.oneOf(REFERENCES) : name()) : segment);
        }
        var path = String.join(odd.oneIn(50) ? "//" : "/", segments);
        return "/api/v1/" + (odd.oneIn(50) ? odd.mutated(path) : path);
    }

    private String query() {
        return switch (random.nextInt(6)) {
            case 0 -> "query=" + Oddities.encoded("\"" + expression(0) + "\"");
            case 1 -> odd.oneOf(List.of("cascade=true", "cascade", "view=excludeDetail", "noVcn=1", "x=y", "query="));
            default -> "";
        };
    }

    private String expression(int depth) {
        if (odd.oneIn(30)) {
            return "iSCSIPaths[".repeat(random.nextInt(3000));
        }
        var term = odd.oneOf(FIELDS) + odd.oneOf(OPERATORS) + (odd.oneIn(4) ? text() : odd.oneOf(NAMES));
        if (odd.oneIn(8)) {
            term = odd.oneOf(FIELDS) + "[" + term + "]";
        }
        if (depth >= DEEPEST || odd.oneIn(2)) {
            return odd.oneIn(10) ? odd.mutated(term) : term;
        }
        return term + (odd.oneIn(2) ? " AND " : " OR ") + expression(depth + 1);
    }

    private byte[] body() {
        if (odd.oneIn(6)) {
            return new byte[0];
        }
        if (odd.oneIn(100)) {
            return odd.bomb("name", "sizeMiB").getBytes(StandardCharsets.UTF_8);
        }
        var json = odd.oneIn(3) ? object(0) : filled(odd.oneOf(FORMS).body());
        var bytes = (odd.oneIn(30) ? odd.mutated(json) : json).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && odd.oneIn(50)) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** The form with its gaps filled, and one member more now and then. */
    private String filled(String form) {
        var filled = new StringBuilder();
        for (var c : form.toCharArray()) {
            filled.append(
                    switch (c) {
                        case '~' -> Oddities.quoted(odd.oneIn(10) ? text() : odd.oneOf(NAMES));
                        case '^' -> Oddities.quoted(odd.oneIn(3) ? odd.oneOf(REFERENCES) : odd.oneOf(NAMES));
                        case '?' -> odd.oneIn(2) ? "true" : "false";
                        case '#' -> odd.oneIn(20) ? odd.oneOf(Oddities.NUMBERS) : random.nextInt(5);
                        case '\'' -> "\"";
                        default -> c;
                    });
        }
        return odd.oneIn(8) ? filled.insert(1, member(1) + ",").toString() : filled.toString();
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int more = random.nextInt(5); more > 0; more--) {
            members.add(member(depth));
        }
        return "{" + String.join(",", members) + "}"; // the same member twice now and then
    }

    private String member(int depth) {
        var name = odd.oneOf(MEMBERS);
        var isSecret = name.equals("chapSecret") || name.equals("password");
        return Oddities.quoted(name) + ":" + (isSecret ? Oddities.quoted(SECRET + random.nextInt(4)) : value(depth));
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 9 : 6)) {
            case 0 -> "null";
            case 1 -> odd.oneIn(2) ? "true" : "false";
            case 2 -> odd.oneOf(Oddities.NUMBERS);
            case 3 -> Integer.toString(random.nextInt(6));
            case 4 -> Oddities.quoted(odd.oneOf(NAMES));
            case 5 -> Oddities.quoted(text());
            case 6, 7 -> object(depth + 1);
            default -> "[" + value(depth + 1) + (odd.oneIn(2) ? "" : "," + value(depth + 1)) + "]";
        };
    }

    private String name() {
        return odd.oneIn(20) ? text() : odd.oneOf(NAMES);
    }

    private String text() {
        return odd.oneIn(3)
                ? odd.oneOf(REFERENCES)
                : odd.oneIn(8) ? odd.mutated(odd.oneOf(NAMES)) : odd.oneOf(Oddities.TEXTS);
    }
}
