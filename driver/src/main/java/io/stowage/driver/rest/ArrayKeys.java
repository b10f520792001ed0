package io.stowage.driver.rest;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.PoolSettings;
import io.stowage.model.ConfigKey;
import io.stowage.model.Flag;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.web.client.Trust;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration keys that pools on all arrays with a REST API have, under the names that the driver gives them.
 *
 * @param gateway where the management is; the keys for its certificate's verification stand below it
 * @param mode how data travels
 * @param target the data ports
 */
public record ArrayKeys(String gateway, String mode, String target) {
    private static final int HTTPS = 443;

    /** Whether the array's certificate is verified. */
    public String verify() {
        return gateway + ".verify";
    }

    /** What the array's certificate must go back to. */
    public String certificates() {
        return gateway + ".ca";
    }

    public List<ConfigKey> keys() {
        return List.of(
                ConfigKey.of(
                                gateway,
                                "Address of the array's management, such as https://array.example",
                                ArrayKeys::address)
                        .asRequired(),
                ConfigKey.flag(verify(), "Whether the array's certificate is verified")
                        .withDefault("true"),
                ConfigKey.of(
                        certificates(),
                        "Certificates (PEM, or file:PATH) that the array's certificate must go back to",
                        ArrayKeys::checkCertificates),
                ConfigKey.oneOf(mode, "How data travels", List.of("iscsi", "nvme/tcp", "nvme")),
                targets(target, "Addresses of the array's data ports, separated by commas; all when unset"));
    }

    /** A key that holds addresses of data ports. */
    public static ConfigKey targets(String name, String description) {
        return ConfigKey.of(name, description, text -> Portal.parseList(text, _ -> Protocol.ISCSI.defaultPort()));
    }

    /** @throws InvalidValue if the certificates can't be read */
    public Gateway open(PoolSettings settings) {
        return new Gateway(address(settings.value(gateway).replaceAll("/+$", "")), trust(settings), certificates());
    }

    private Trust trust(PoolSettings settings) {
        var verified = settings.value(verify());
        if (!verified.isEmpty() && !Flag.isTrue(verified)) return new Trust.Anybody();
        var pem = settings.text(certificates());
        if (pem.isEmpty()) return new Trust.SystemAuthorities();
        try {
            return Trust.pem(pem);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("The value of key \"%s\" holds no certificate that can be read: %s"
                    .formatted(certificates(), e.getMessage()));
        }
    }

    /** The place of the array however its address is written: host, port and path, in lower case. */
    public String place(Map<String, String> config) {
        var address = address(config.getOrDefault(gateway, ""));
        var port = address.getPort() == -1 ? HTTPS : address.getPort();
        var path = address.getPath() == null ? "" : address.getPath().replaceAll("/+$", "");
        return "%s:%d%s".formatted(address.getHost(), port, path).toLowerCase(Locale.ROOT);
    }

    public Optional<Protocol> protocol(Map<String, String> config) {
        return Protocol.of(config.getOrDefault(mode, ""));
    }

    /** The configuration with the mode written in. */
    public Map<String, String> withProtocol(Map<String, String> config, Protocol protocol) {
        var with = new LinkedHashMap<>(config);
        with.put(mode, protocol.word());
        return with;
    }

    /** @throws InvalidValue if the mode changes; words that mean the same are the same */
    public void checkSameMode(Map<String, String> old, Map<String, String> changed) {
        if (!protocol(old).equals(protocol(changed)))
            throw new InvalidValue("The pool key \"%s\" cannot be changed after creation".formatted(mode));
    }

    /** The portals that a list of addresses names, or else all that the array has told. */
    public static List<Portal> portals(String given, ArrayTarget told) {
        var named = Portal.parseList(given, told::portOf);
        return named.isEmpty() ? told.portals() : named;
    }

    private static void checkCertificates(String text) {
        if (PoolSettings.isFile(text)) return;
        try {
            Trust.pem(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(
                    "certificate", text, "certificates in PEM, or file:PATH, are wanted: " + e.getMessage());
        }
    }

    /** The address of the management: scheme, host, perhaps a port and a path in front of the API's. */
    private static URI address(String text) {
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
