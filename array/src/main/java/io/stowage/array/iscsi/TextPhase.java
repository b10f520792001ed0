package io.stowage.array.iscsi;

import io.stowage.array.net.Portal;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.Keys;
import io.stowage.iscsi.login.PortalAddress;
import io.stowage.iscsi.login.SendTargets;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.pdu.TextResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text requests: SendTargets. RFC 7143, appendix C. The answer has the numeric address by which the initiator came as
 * the first one, since LXD drops a target whose address isn't the one it asked. Requests and answers may go over several
 * PDUs; there is one exchange at a time, and a new one ends it.
 */
final class TextPhase {
    /** What Linux' kernel takes in one response, whatever was negotiated. */
    private static final int MAX_RESPONSE = 8192;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final String initiator;
    private final Optional<Target> target;
    private final Outbox outbox;

    /** What was asked so far in an exchange that goes over several requests, and what is left of its answer. */
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

    private ByteBuffer answer = NOTHING;
    private int tag = Pdu.RESERVED_TAG;
    private int taskTag;
    private int lastTag;

    /** @param target of the session; empty in a discovery session */
    TextPhase(Connection connection, String initiator, Optional<Target> target, Outbox outbox) {
        this.connection = connection;
        this.initiator = initiator;
        this.target = target;
        this.outbox = outbox;
    }

    void handle(TextRequest request, ByteBuffer header, ByteBuffer data) throws IOException {
        if (request.transferTag() == Pdu.RESERVED_TAG) {
            begin();
        } else if (request.transferTag() != tag || request.taskTag() != taskTag) {
            reject(Reject.INVALID_FIELD, header);
            return;
        }
        taskTag = request.taskTag();
        boolean tooMuch = asked.size() + data.remaining() > KeyText.MAX_LENGTH;
        boolean interrupts = answer.hasRemaining() && (data.hasRemaining() || request.continued());
        if (tooMuch || interrupts || request.continued() && request.isFinal()) {
            begin();
            reject(Reject.PROTOCOL_ERROR, header);
            return;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        asked.writeBytes(bytes);
        if (request.continued()) {
            respond(request, false, NOTHING);
        } else if (answer.hasRemaining() || understand()) {
            sendNext(request);
        } else {
            begin();
            reject(Reject.PROTOCOL_ERROR, header);
        }
    }

    /** Whatever exchange there was before is over. */
    private void begin() {
        asked.reset();
        answer = NOTHING;
        tag = Pdu.RESERVED_TAG;
    }

    /** Reads what was asked, and has the answer ready; false if it is no text. */
    private boolean understand() {
        List<KeyValue> answers = new ArrayList<>();
        try {
            for (KeyValue pair : KeyText.parse(ByteBuffer.wrap(asked.toByteArray()))) {
                answers.addAll(answer(pair));
            }
        } catch (IllegalArgumentException e) {
            return false;
        }
        asked.reset();
        answer = KeyText.encode(answers);
        return answer.remaining() <= KeyText.MAX_LENGTH;
    }

    private void sendNext(TextRequest request) throws IOException {
        ByteBuffer piece = answer.slice(answer.position(), Math.min(answer.remaining(), MAX_RESPONSE));
        answer.position(answer.position() + piece.remaining());
        boolean last = !answer.hasRemaining() && request.isFinal();
        respond(request, last, piece);
        if (last) {
            begin();
        }
    }

    private void respond(TextRequest request, boolean last, ByteBuffer piece) throws IOException {
        if (!last && tag == Pdu.RESERVED_TAG) {
            lastTag = lastTag % Integer.MAX_VALUE + 1;
            tag = lastTag;
        }
        int exchange = last ? Pdu.RESERVED_TAG : tag;
        boolean more = answer.hasRemaining();
        outbox.status(
                counters -> new TextResponse(last, more, request.lun(), request.taskTag(), exchange, counters), piece);
    }

    private void reject(int reason, ByteBuffer header) throws IOException {
        outbox.status(counters -> new Reject(reason, counters, 0), header);
    }

    private List<KeyValue> answer(KeyValue pair) {
        if (!pair.key().equals(Keys.SEND_TARGETS)) {
            return List.of(new KeyValue(pair.key(), Keys.NOT_UNDERSTOOD));
        }
        List<Target> asked = asked(pair.value());
        if (asked.isEmpty()) {
            return List.of(new KeyValue(Keys.SEND_TARGETS, Keys.REJECT));
        }
        return new SendTargets(asked.stream()
                        .map(each -> new SendTargets.Entry(each.iqn(), portals()))
                        .toList())
                .pairs();
    }

    /** All targets, the one of a name, or that of the session. */
    private List<Target> asked(String value) {
        List<Target> all = connection.surroundings().targets();
        if (value.equals("All")) {
            return target.map(List::of).orElseGet(() -> Target.knowing(initiator, all));
        }
        return value.isEmpty()
                ? target.stream().toList()
                : connection.surroundings().target(value).stream().toList();
    }

    private List<PortalAddress> portals() {
        List<PortalAddress> addresses = new ArrayList<>();
        addresses.add(address(connection.local(), connection.portal()));
        for (Portal portal : connection.surroundings().portals()) {
            boolean here = portal.number() == connection.portal().number();
            if (!here && portal.isInService() && !portal.address().getAddress().isAnyLocalAddress()) {
                addresses.add(address(portal.address(), portal));
            }
        }
        return addresses;
    }

    private static PortalAddress address(InetSocketAddress address, Portal portal) {
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return new PortalAddress(zone < 0 ? host : host.substring(0, zone), address.getPort(), portal.number());
    }
}
