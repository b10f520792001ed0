package io.stowage.server;

import io.stowage.model.InvalidValue;
import io.stowage.server.settings.ListenAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command line of {@code stowaged}.
 *
 * @param state folder of everything that is kept
 * @param database URL as {@code database.Database} takes it
 * @param name of this server, in clusters and on arrays
 * @param group of the socket; empty leaves the process's own
 * @param secretKey file with the key for secrets at rest
 * @param listen where remote clients are listened to, whatever the config says
 * @param holderTimeout how long the holder of descriptors waits for a server that is gone
 */
record Options(
        Path state,
        String database,
        String name,
        ConnectorChoice connector,
        Optional<String> group,
        Path secretKey,
        Duration holderTimeout,
        Optional<ListenAddress> listen) {

    /** How hosts reach the array's volumes. */
    enum ConnectorChoice {
        AUTO,
        USERSPACE
    }

    static final String USAGE = """
            stowaged --state DIR [--database URL] [--listen ADDRESS:PORT] [--name NAME]
                     [--connector auto|kernel|userspace] [--group NAME] [--secret-key FILE]
                     [--holder-timeout SECONDS]

            Serves LXD's storage API on DIR/unix.socket, in the foreground, and with --listen (or the server's
            core.https_address) to remote clients that it trusts.
            SIGTERM ends it and keeps attachments; SIGPWR detaches everything first.
            """;

    private static final List<String> KNOWN = List.of(
            "--state",
            "--database",
            "--listen",
            "--name",
            "--connector",
            "--group",
            "--secret-key",
            "--holder-timeout");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");
    private static final Duration DEFAULT_HOLDER_TIMEOUT = Duration.ofSeconds(600);
    private static final int LONGEST_HOLDER_TIMEOUT = 86_400; // seconds, a day

    static Options parse(List<String> arguments) throws BadOption {
        var values = values(arguments);
        var state =
                path("--state", required(values, "--state")).toAbsolutePath().normalize();
        return new Options(
                state,
                values.getOrDefault("--database", "sqlite:" + state.resolve("stowage.db")),
                name(values),
                connector(values.getOrDefault("--connector", "auto")),
                Optional.ofNullable(values.get("--group")),
                values.containsKey("--secret-key")
                        ? path("--secret-key", required(values, "--secret-key"))
                        : state.resolve("secret.key"),
                holderTimeout(values),
                listen(values));
    }

    private static Map<String, String> values(List<String> arguments) throws BadOption {
        var values = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var equals = argument.indexOf('=');
            var option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (!KNOWN.contains(option)) {
                throw new BadOption(
                        "Unknown option \"%s\": must be one of %s".formatted(option, String.join(", ", KNOWN)));
            }
            if (!option.equals(argument)) {
                put(values, option, argument.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                put(values, option, arguments.get(++i));
            } else {
                throw new BadOption(option + " needs a value");
            }
        }
        return values;
    }

    private static void put(Map<String, String> values, String option, String value) throws BadOption {
        if (value.isEmpty()) {
            throw new BadOption(option + " needs a value");
        }
        if (values.put(option, value) != null) {
            throw new BadOption(option + " is given twice");
        }
    }

    private static String required(Map<String, String> values, String option) throws BadOption {
        var value = values.get(option);
        if (value == null) {
            throw new BadOption(option + " is missing: it names the folder of everything that is kept");
        }
        return value;
    }

    private static Path path(String option, String value) throws BadOption {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new BadOption("Invalid value \"%s\" for %s: must be a path".formatted(value, option));
        }
    }

    private static String name(Map<String, String> values) throws BadOption {
        var name = values.containsKey("--name") ? values.get("--name") : hostName();
        if (!NAME.matcher(name).matches()) {
            throw new BadOption(("Invalid value \"%s\" for --name: must be letters, digits, dots and hyphens,"
                            + " at most 63, with a letter or digit at both ends")
                    .formatted(name));
        }
        return name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static ConnectorChoice connector(String value) throws BadOption {
        return switch (value) {
            case "auto" -> ConnectorChoice.AUTO;
            case "kernel" ->
                throw new BadOption("--connector kernel: is not built yet; take \"userspace\" or \"auto\"");
            case "userspace" -> ConnectorChoice.USERSPACE;
            default ->
                throw new BadOption(
                        "Invalid value \"%s\" for --connector: must be \"auto\", \"kernel\" or \"userspace\""
                                .formatted(value));
        };
    }

    private static Optional<ListenAddress> listen(Map<String, String> values) throws BadOption {
        var text = values.get("--listen");
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ListenAddress.parse(text));
        } catch (InvalidValue e) {
            throw new BadOption("Invalid value \"%s\" for --listen: %s".formatted(text, e.reason()));
        }
    }

    private static Duration holderTimeout(Map<String, String> values) throws BadOption {
        var value = values.get("--holder-timeout");
        if (value == null) {
            return DEFAULT_HOLDER_TIMEOUT;
        }
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > LONGEST_HOLDER_TIMEOUT) {
            throw new BadOption("Invalid value \"%s\" for --holder-timeout: must be a number of seconds from 0 to %d"
                    .formatted(value, LONGEST_HOLDER_TIMEOUT));
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }
}
