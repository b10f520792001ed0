package io.stowage.host.nvme;

import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.UnitMissing;
import io.stowage.host.remote.Persistence;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.host.remote.RemoteError;
import io.stowage.host.remote.Verdict;
import io.stowage.nvme.identify.Cns;
import io.stowage.nvme.identify.IdentifyNamespace;
import io.stowage.nvme.identify.NamespaceDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Proves through a controller that a namespace is the expected one, before anything else is done with it. */
final class Examination {
    private static final int BLOCK_EXPONENT = 9;
    private static final String NONE = "0".repeat(32);
    /** DLFEAT: Write Zeroes may give blocks up, and they read as zeros then. NVM Command Set 1.0, figure 97. */
    private static final int GIVES_UP_ZEROED = 1 << 3 | 1;

    private static final int DEALLOCATION = 0xF;

    private final Controller controller;
    private final int namespace;
    private final Persistence persistence;

    Examination(Controller controller, int namespace) {
        this.controller = controller;
        this.namespace = namespace;
        this.persistence = new Persistence(namespace, controller.general().retryDelay());
    }

    /**
     * The namespace, proven.
     *
     * @throws UnitMissing there is none
     * @throws IdentityMismatch it is another one
     * @throws IOException it could not be asked
     */
    ProvenUnit of(ExpectedIdentity expected) throws IOException {
        IdentifyNamespace said = new IdentifyNamespace(ask(Cns.NAMESPACE));
        if (said.size() == 0) {
            throw new UnitMissing("The subsystem has no namespace " + namespace + " for this host");
        }
        String nguid = nguid(said);
        if (!nguid.equals(expected.designator())) {
            throw new IdentityMismatch("Namespace %d is the volume with the identity %s, not %s"
                    .formatted(namespace, nguid.equals(NONE) ? "(none)" : nguid, expected.designator()));
        }
        if (said.blockExponent() != BLOCK_EXPONENT) {
            throw new IOException("Namespace %d has blocks of 2^%d bytes: only 512 bytes can be used"
                    .formatted(namespace, said.blockExponent()));
        }
        if (said.size() < 0 || said.size() > Long.MAX_VALUE >>> BLOCK_EXPONENT) {
            throw new IOException("Namespace " + namespace + " has a size that can't be");
        }
        boolean givesUp = (said.deallocation() & DEALLOCATION) == GIVES_UP_ZEROED;
        return new ProvenNamespace(controller, namespace, said.size() << BLOCK_EXPONENT, givesUp);
    }

    /** From the list of identifiers, which Linux believes too; older controllers have it in the namespace itself only. */
    private String nguid(IdentifyNamespace said) throws IOException {
        Optional<byte[]> listed = Optional.empty();
        try {
            listed = NamespaceDescriptors.parse(ask(Cns.DESCRIPTORS)).nguid();
        } catch (RemoteError e) {
            // no such list
        }
        String own = HexFormat.of().formatHex(said.nguid());
        String other = listed.map(HexFormat.of()::formatHex).orElse(own);
        if (!own.equals(NONE) && !own.equals(other)) {
            throw new IdentityMismatch("Namespace %d has two identities: %s and %s".formatted(namespace, own, other));
        }
        return other;
    }

    private ByteBuffer ask(int cns) throws IOException {
        ByteBuffer answer = ByteBuffer.allocateDirect(IdentifyNamespace.BYTES);
        persistence.carryOut(() -> {
            NvmeCommand command = Admin.identifying(cns, namespace, answer);
            if (!controller.runAdmin(command)) {
                return Verdict.LOST;
            }
            Verdict verdict = NvmeVerdict.of(command);
            if (verdict instanceof Verdict.Done && command.received() != command.length()) {
                return new Verdict.Later("Identify: %d bytes came".formatted(command.received()));
            }
            return verdict;
        });
        return answer;
    }
}
