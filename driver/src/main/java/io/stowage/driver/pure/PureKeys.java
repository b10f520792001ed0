package io.stowage.driver.pure;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.PoolSettings;
import io.stowage.model.ConfigKey;
import io.stowage.model.ConfigSchema;
import io.stowage.model.InvalidValue;
import io.stowage.model.PoolKeys;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.web.client.Trust;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The configuration keys of {@code pure} pools. */
final class PureKeys {
    static final String GATEWAY = "pure.gateway";
    static final String VERIFY = "pure.gateway.verify";
    static final String CA = "pure.gateway.ca";
    static final String TOKEN = "pure.api.token";
    static final String MODE = "pure.mode";
    static final String TARGET = "pure.target";
    /** The word of the first documents for {@link #TARGET}. */
    static final String OLD_TARGET = "pure.iscsi.address";

    static final String SIZE = "size";

    static final ConfigSchema SCHEMA = PoolKeys.with(List.of(
            ConfigKey.of(GATEWAY, "Address of the array's management, such as https://array.example", PureKeys::gateway)
                    .asRequired(),
            ConfigKey.flag(VERIFY, "Whether the array's certificate is verified")
                    .withDefault("true"),
            ConfigKey.of(
                    CA,
                    "Certificates (PEM, or file:PATH) that the array's certificate must go back to",
                    PureKeys::certificates),
            ConfigKey.of(TOKEN, "API token of a user with the role array_admin", PureKeys::token)
                    .asRequired()
                    .asSecret(),
            ConfigKey.oneOf(MODE, "How data travels", List.of("iscsi", "nvme/tcp", "nvme")),
            ConfigKey.of(
                    TARGET,
                    "Addresses of the array's data ports, separated by commas; all when unset",
                    PureKeys::targets),
            ConfigKey.of(OLD_TARGET, "Older word for pure.target", PureKeys::targets),
            ConfigKey.size(SIZE, "Quota of the pod; no limit when unset")));

    private PureKeys() {}

    static void validate(Map<String, String> config) {
        SCHEMA.validate(config);
        if (!value(config, TARGET).isEmpty() && !value(config, OLD_TARGET).isEmpty())
            throw new InvalidValue("The pool keys \"%s\" and \"%s\" mean the same: only one of them can be set"
                    .formatted(TARGET, OLD_TARGET));
    }

    static Optional<Protocol> protocol(Map<String, String> config) {
        return Protocol.of(value(config, MODE));
    }

    static List<Portal> portals(Map<String, String> config, ArrayTarget told) {
        var given = value(config, TARGET);
        var named = Portal.parseList(given.isEmpty() ? value(config, OLD_TARGET) : given, told::portOf);
        return named.isEmpty() ? told.portals() : named;
    }

    static String value(Map<String, String> config, String key) {
        return config.getOrDefault(key, "");
    }

    private static void targets(String text) {
        Portal.parseList(text, _ -> Protocol.ISCSI.defaultPort());
    }

    private static void certificates(String text) {
        if (PoolSettings.isFile(text)) return;
        try {
            Trust.pem(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(
                    "certificate", text, "certificates in PEM, or file:PATH, are wanted: " + e.getMessage());
        }
    }

    /** It travels in a header. */
    private static void token(String text) {
        if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new InvalidValue("token", text, "a token has no blanks, line ends or characters beyond ASCII");
    }

    /** The address of the management: scheme, host, perhaps a port and a path in front of the API's. */
    static URI gateway(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") || uri.getHost() == null)
                throw new InvalidValue("gateway", text, "an https URL is wanted, such as https://array.example");
            if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null)
                throw new InvalidValue("gateway", text, "user, query and fragment have no meaning here");
            if (uri.getPath() != null && List.of(uri.getPath().split("/", -1)).contains("api"))
                throw new InvalidValue("gateway", text, "leave the API's path out, it is added");
            return uri;
        } catch (URISyntaxException e) {
            throw new InvalidValue("gateway", text, "it is not a URL");
        }
    }
}
