package io.stowage.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final List<InetAddress> LOOPBACK = List.of(InetAddress.ofLiteral("127.0.0.1"));

    @TempDir
    private Path folder;

    @Test
    void aCertificateNamesItsAddressAndHostOnP384() throws Exception {
        var made = ServerCertificate.ensure(folder.resolve("tls"), "array", LOOPBACK, List.of("Host01"));

        var certificate = made.certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "host01"), List.of(7, "127.0.0.1"));
        assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(384);
    }

    @Test
    void onlyTheOwnerReadsTheKey() throws Exception {
        ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());

        var mode = Files.getPosixFilePermissions(folder.resolve("array.key"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @Test
    void itStaysTheSameOverRestarts() throws Exception {
        var first = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());
        var second = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());

        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(Pem.certificates(Files.readString(first.path()))).containsExactly(first.certificate());
        assertThat(second.fingerprint()).hasSize(64).isEqualTo(first.fingerprint());
    }

    @Test
    void anotherAddressMakesAnotherCertificate() throws Exception {
        var first = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());
        var moved = ServerCertificate.ensure(folder, "array", List.of(InetAddress.ofLiteral("::1")), List.of());

        assertThat(moved.certificate()).isNotEqualTo(first.certificate());
        var again = ServerCertificate.ensure(folder, "array", List.of(InetAddress.ofLiteral("::1")), List.of());
        assertThat(again.certificate()).isEqualTo(moved.certificate());
    }

    @Test
    void aKeyThatBelongsToAnotherCertificateIsReplaced() throws Exception {
        var first = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());
        ServerCertificate.ensure(folder, "other", LOOPBACK, List.of());
        Files.copy(
                folder.resolve("other.key"),
                folder.resolve("array.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        var second = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(ServerCertificate.ensure(folder, "array", LOOPBACK, List.of())
                        .certificate())
                .isEqualTo(second.certificate());
    }

    @Test
    void textWithoutCertificateIsRefusedAsTrust() {
        assertThatThrownBy(() -> Pem.certificates("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theKeyIsNotPrinted() throws Exception {
        var made = ServerCertificate.ensure(folder, "array", LOOPBACK, List.of());
        assertThat(made.toString()).doesNotContain("key");
    }
}
