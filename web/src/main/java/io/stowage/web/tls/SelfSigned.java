package io.stowage.web.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A fresh key pair on P-384 with the certificate it signed itself, valid for ten years. */
record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final int SERIAL_BITS = 127; // positive, and below the 20 bytes of RFC 5280 4.1.2.2
    private static final int VALID_DAYS = 3653;

    static SelfSigned make(String name, SubjectNames names) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            var pair = generator.generateKeyPair();
            var subject = new X500NameBuilder()
                    .addRDN(BCStyle.O, "stowage")
                    .addRDN(BCStyle.CN, name)
                    .build();
            // A day back: clocks of clients may be behind ours.
            var start = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
            var end = start.plus(VALID_DAYS, ChronoUnit.DAYS);
            var serial = new BigInteger(SERIAL_BITS, new SecureRandom());
            var builder = new JcaX509v3CertificateBuilder(
                    subject, serial, Date.from(start), Date.from(end), subject, pair.getPublic());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
            var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(pair.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new SelfSigned(certificate, pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("The certificate \"" + name + "\" can't be made: " + e.getMessage(), e);
        }
    }

    private static GeneralNames generalNames(SubjectNames names) {
        var hosts = names.hosts().stream().map(host -> new GeneralName(GeneralName.dNSName, host));
        var addresses = names.addresses().stream().map(address -> new GeneralName(GeneralName.iPAddress, address));
        return new GeneralNames(Stream.concat(hosts, addresses).toArray(GeneralName[]::new));
    }
}
