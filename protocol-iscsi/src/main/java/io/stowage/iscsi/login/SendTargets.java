package io.stowage.iscsi.login;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer to SendTargets: targets with their portals. RFC 7143, appendix C.
 *
 * @param targets in the order of the answer
 */
public record SendTargets(List<Entry> targets) {

    /** A target and the portals it may be reached by. */
    public record Entry(String name, List<PortalAddress> portals) {
        public Entry {
            portals = List.copyOf(portals);
        }
    }

    public SendTargets {
        targets = List.copyOf(targets);
    }

    /** Reads the pairs of a text response; pairs with other keys are passed over. */
    public static SendTargets of(List<KeyValue> pairs) {
        List<Entry> entries = new ArrayList<>();
        for (KeyValue pair : pairs) {
            if (pair.key().equals(Keys.TARGET_NAME)) {
                entries.add(new Entry(pair.value(), List.of()));
            } else if (pair.key().equals(Keys.TARGET_ADDRESS) && !entries.isEmpty()) {
                Entry last = entries.removeLast();
                List<PortalAddress> portals = new ArrayList<>(last.portals());
                portals.add(PortalAddress.parse(pair.value()));
                entries.add(new Entry(last.name(), portals));
            }
        }
        return new SendTargets(entries);
    }

    /** The pairs of a text response. */
    public List<KeyValue> pairs() {
        List<KeyValue> pairs = new ArrayList<>();
        for (Entry target : targets) {
            pairs.add(new KeyValue(Keys.TARGET_NAME, target.name()));
            for (PortalAddress portal : target.portals()) {
                pairs.add(new KeyValue(Keys.TARGET_ADDRESS, portal.toString()));
            }
        }
        return pairs;
    }
}
