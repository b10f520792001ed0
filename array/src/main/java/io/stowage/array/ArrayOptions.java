package io.stowage.array;

import io.stowage.array.flasharray.ApiVersion;
import io.stowage.model.ByteSize;
import io.stowage.model.InvalidValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@code stowage-array}.
 *
 * @param state folder of everything that is kept
 * @param flasharray where the management API of the FlashArray listens; port 0 takes a free one; empty without one
 * @param alletra the same of the Alletra; there is one of the two at least
 * @param portals data addresses
 * @param ports where protocols listen on each portal
 * @param capacity bytes that all volumes may use together
 * @param latency added to each management request
 * @param restVersion the newest version of the FlashArray's API
 */
public record ArrayOptions(
        Path state,
        Optional<InetSocketAddress> flasharray,
        Optional<InetSocketAddress> alletra,
        List<InetAddress> portals,
        Ports ports,
        ByteSize capacity,
        Duration latency,
        ApiVersion restVersion) {
    static final String USAGE = """
            stowage-array --state DIR [--flasharray ADDRESS:PORT] [--alletra ADDRESS:PORT]
                          [--portal ADDRESS]... [--iscsi-port PORT] [--nvme-port PORT]
                          [--discovery-port PORT] [--capacity SIZE] [--latency MS] [--rest-version 2.X]

            Runs a storage array in the foreground: as a FlashArray or an Alletra, or as both beside each
            other, with its management API on ADDRESS:PORT, and on each portal (by default the management
            address) iSCSI on port 3260 and NVMe/TCP on port 4420 with its discovery there and on 8009.
            When it is ready it writes DIR/endpoints.json and prints the same on one line. SIGTERM ends it.

            stowage-array check DIR

            Looks through a state folder that no array uses and changes nothing: prints a sentence for
            each thing that is wrong. Exit status 0 if there is none.
            """;

    static final int ISCSI_PORT = 3260;
    static final int NVME_PORT = 4420;
    static final int DISCOVERY_PORT = 8009;
    private static final int HIGHEST_PORT = 65_535;

    private static final List<String> KNOWN = List.of(
            "--state",
            "--flasharray",
            "--alletra",
            "--portal",
            "--iscsi-port",
            "--nvme-port",
            "--discovery-port",
            "--capacity",
            "--latency",
            "--rest-version");
    private static final ByteSize DEFAULT_CAPACITY = ByteSize.ofGiB(1024);
    private static final ByteSize LEAST_CAPACITY = ByteSize.ofMiB(1);
    private static final int LONGEST_LATENCY = 60_000;

    /**
     * TCP ports on each portal; 0 takes a free one for each.
     *
     * @param nvme NVMe/TCP, with its discovery
     * @param discovery where clients look for NVMe's discovery alone
     */
    public record Ports(int iscsi, int nvme, int discovery) {}

    public ArrayOptions {
        portals = List.copyOf(portals);
    }

    /** An array for tests: on loopback, all ports free ones, otherwise the defaults. */
    public static ArrayOptions loopback(Path state) {
        var loopback = InetAddress.getLoopbackAddress();
        return new ArrayOptions(
                state,
                Optional.of(new InetSocketAddress(loopback, 0)),
                Optional.empty(),
                List.of(loopback),
                new Ports(0, 0, 0),
                DEFAULT_CAPACITY,
                Duration.ZERO,
                ApiVersion.USUAL);
    }

    /** The same as an Alletra instead of a FlashArray. */
    public ArrayOptions asAlletra() {
        return new ArrayOptions(state, Optional.empty(), flasharray, portals, ports, capacity, latency, restVersion);
    }

    /** The same as a FlashArray and an Alletra. */
    public ArrayOptions asBoth() {
        return new ArrayOptions(state, flasharray, flasharray, portals, ports, capacity, latency, restVersion);
    }

    public ArrayOptions withCapacity(ByteSize other) {
        return new ArrayOptions(state, flasharray, alletra, portals, ports, other, latency, restVersion);
    }

    public ArrayOptions withPortals(List<InetAddress> others) {
        return new ArrayOptions(state, flasharray, alletra, others, ports, capacity, latency, restVersion);
    }

    public ArrayOptions withRestVersion(ApiVersion other) {
        return new ArrayOptions(state, flasharray, alletra, portals, ports, capacity, latency, other);
    }

    static ArrayOptions parse(List<String> arguments) throws BadOption {
        var values = values(arguments);
        var flasharray = management(values, "--flasharray");
        var alletra = management(values, "--alletra");
        var management = flasharray
                .or(() -> alletra)
                .orElseThrow(() -> new BadOption(
                        "--flasharray and --alletra are missing: at least one, with the ADDRESS:PORT of its API"));
        var portals = new ArrayList<InetAddress>();
        for (var portal : values.getOrDefault("--portal", List.of())) {
            portals.add(address("--portal", portal));
        }
        if (portals.isEmpty()) {
            portals.add(management.getAddress());
        }
        return new ArrayOptions(
                state(values),
                flasharray,
                alletra,
                portals,
                new Ports(
                        number(values, "--iscsi-port", ISCSI_PORT, HIGHEST_PORT),
                        number(values, "--nvme-port", NVME_PORT, HIGHEST_PORT),
                        number(values, "--discovery-port", DISCOVERY_PORT, HIGHEST_PORT)),
                capacity(values),
                Duration.ofMillis(number(values, "--latency", 0, LONGEST_LATENCY)),
                restVersion(values));
    }

    private static Map<String, List<String>> values(List<String> arguments) throws BadOption {
        var values = new HashMap<String, List<String>>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var equals = argument.indexOf('=');
            var option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (!KNOWN.contains(option)) {
                throw new BadOption(
                        "Unknown option \"%s\": must be one of %s".formatted(option, String.join(", ", KNOWN)));
            }
            String value;
            if (!option.equals(argument)) {
                value = argument.substring(equals + 1);
            } else {
                i++;
                value = i < arguments.size() ? arguments.get(i) : "";
            }
            if (value.isEmpty()) {
                throw new BadOption(option + " needs a value");
            }
            values.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
        }
        return values;
    }

    private static Optional<String> one(Map<String, List<String>> values, String option, String absent)
            throws BadOption {
        var given = values.getOrDefault(option, absent.isEmpty() ? List.of() : List.of(absent));
        if (given.size() > 1) {
            throw new BadOption(option + " is given twice");
        }
        return given.stream().findFirst();
    }

    private static Path state(Map<String, List<String>> values) throws BadOption {
        var value = one(values, "--state", "")
                .orElseThrow(() -> new BadOption("--state is missing: it names the folder of everything that is kept"));
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw invalid("--state", value, "must be a path");
        }
    }

    private static Optional<InetSocketAddress> management(Map<String, List<String>> values, String option)
            throws BadOption {
        var given = one(values, option, "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var value = given.get();
        var colon = value.lastIndexOf(':');
        if (colon <= 0 || value.endsWith("]")) {
            throw invalid(option, value, "must be ADDRESS:PORT");
        }
        return Optional.of(new InetSocketAddress(
                address(option, value.substring(0, colon)), number(option, value.substring(colon + 1), 65_535)));
    }

    private static InetAddress address(String option, String value) throws BadOption {
        var literal = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw invalid(option, value, "must be an IP address, such as 127.0.0.1");
        }
    }

    private static int number(Map<String, List<String>> values, String option, int absent, int most) throws BadOption {
        return number(option, one(values, option, Integer.toString(absent)).orElseThrow(), most);
    }

    private static int number(String option, String value, int most) throws BadOption {
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw invalid(option, value, "must be a whole number from 0 to " + most);
    }

    private static ByteSize capacity(Map<String, List<String>> values) throws BadOption {
        var value = one(values, "--capacity", DEFAULT_CAPACITY.toString()).orElseThrow();
        try {
            var capacity = ByteSize.parse(value);
            if (capacity.compareTo(LEAST_CAPACITY) >= 0) {
                return capacity;
            }
        } catch (InvalidValue e) {
            // told below
        }
        throw invalid("--capacity", value, "must be a size of at least 1MiB, such as 100GiB");
    }

    private static ApiVersion restVersion(Map<String, List<String>> values) throws BadOption {
        var value = one(values, "--rest-version", ApiVersion.USUAL.toString()).orElseThrow();
        return ApiVersion.parse(value)
                .filter(ApiVersion::isPublished)
                .orElseThrow(() -> invalid(
                        "--rest-version",
                        value,
                        "must be one of %s to %s".formatted(ApiVersion.OLDEST, ApiVersion.NEWEST)));
    }

    private static BadOption invalid(String option, String value, String allowed) {
        return new BadOption("Invalid value \"%s\" for %s: %s".formatted(value, option, allowed));
    }
}
