package io.stowage.array.iscsi;

import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.Keys;
import io.stowage.iscsi.login.PortalAddress;
import io.stowage.iscsi.login.SendTargets;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.pdu.TextResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Text requests: SendTargets. RFC 7143, appendix C. The answer has the numeric address by which the initiator came as
 * the first one, since LXD drops a target whose address isn't the one it asked.
 */
final class TextPhase {
    /** What Linux' kernel takes in one response, whatever was negotiated. */
    private static final int MAX_RESPONSE = 8192;

    private final Connection connection;
    private final boolean normalSession;
    private final Outbox outbox;

    TextPhase(Connection connection, boolean normalSession, Outbox outbox) {
        this.connection = connection;
        this.normalSession = normalSession;
        this.outbox = outbox;
    }

    void handle(TextRequest request, ByteBuffer header, ByteBuffer data) throws IOException {
        if (request.continued() || !request.isFinal() || request.transferTag() != Pdu.RESERVED_TAG) {
            outbox.status(counters -> new Reject(Reject.NOT_SUPPORTED, counters, 0), header);
            return;
        }
        List<KeyValue> answers = new ArrayList<>();
        try {
            for (KeyValue pair : KeyText.parse(data)) {
                answers.addAll(answer(pair));
            }
        } catch (IllegalArgumentException e) {
            outbox.status(counters -> new Reject(Reject.PROTOCOL_ERROR, counters, 0), header);
            return;
        }
        ByteBuffer text = KeyText.encode(answers);
        if (text.remaining() > MAX_RESPONSE) {
            outbox.status(counters -> new Reject(Reject.PROTOCOL_ERROR, counters, 0), header);
            return;
        }
        outbox.status(
                counters -> new TextResponse(true, false, request.lun(), request.taskTag(), Pdu.RESERVED_TAG, counters),
                text);
    }

    private List<KeyValue> answer(KeyValue pair) {
        if (!pair.key().equals(Keys.SEND_TARGETS)) {
            return List.of(new KeyValue(pair.key(), Keys.NOT_UNDERSTOOD));
        }
        String iqn = connection.surroundings().iqn();
        boolean known = pair.value().equals("All")
                || pair.value().equalsIgnoreCase(iqn)
                || pair.value().isEmpty() && normalSession;
        return known
                ? new SendTargets(List.of(new SendTargets.Entry(iqn, portals()))).pairs()
                : List.of(new KeyValue(Keys.SEND_TARGETS, Keys.REJECT));
    }

    private List<PortalAddress> portals() {
        List<PortalAddress> addresses = new ArrayList<>();
        addresses.add(address(connection.local(), connection.portal()));
        for (Portal portal : connection.surroundings().portals()) {
            boolean here = portal.tag() == connection.portal().tag();
            if (!here && portal.isInService() && !portal.address().getAddress().isAnyLocalAddress()) {
                addresses.add(address(portal.address(), portal));
            }
        }
        return addresses;
    }

    private static PortalAddress address(InetSocketAddress address, Portal portal) {
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return new PortalAddress(zone < 0 ? host : host.substring(0, zone), address.getPort(), portal.tag());
    }
}
