package io.stowage.web.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which a server is reached (subject alternative names, RFC 5280 section 4.2.1.6).
 *
 * @param addresses IP addresses as text
 * @param hosts host names in lower case
 */
record SubjectNames(Set<String> addresses, Set<String> hosts) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static SubjectNames of(List<InetAddress> addresses, List<String> hosts) {
        var texts = new LinkedHashSet<String>();
        for (var address : addresses) {
            if (address.isAnyLocalAddress()) {
                texts.add("127.0.0.1");
                texts.add("0:0:0:0:0:0:0:1");
            } else {
                texts.add(withoutZone(address.getHostAddress()));
            }
        }
        var names = new LinkedHashSet<String>();
        hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        return new SubjectNames(texts, names);
    }

    boolean areNamedBy(X509Certificate certificate) {
        try {
            var present = certificate.getSubjectAlternativeNames();
            if (present == null) {
                return addresses.isEmpty() && hosts.isEmpty();
            }
            return present.containsAll(
                            hosts.stream().map(host -> List.of(DNS_NAME, host)).toList())
                    && present.containsAll(addresses.stream()
                            .map(address -> List.of(IP_ADDRESS, address))
                            .toList());
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static String withoutZone(String address) {
        var zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
