package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.Logins.Login;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SendTargets;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.scsi.Capacity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.InquiryData;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.VpdPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What initiators find: portals, targets and units, and what they are told when those change. */
class VisibleUnitsTest extends TargetTest {
    @Test
    void onlyConnectedUnitsAreVisible() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).containsExactly(1);
        assertThat(InquiryData.parse(
                        host.in(1, new Cdb.Inquiry(false, 0, 96), 96).data()))
                .isEqualTo(new InquiryData("PURE", "FlashArray", "8888"));
        assertThat(luns(login("iqn.2026-11.io.stowage:stranger", 1))).isEmpty();
        assertThat(luns(login(OTHER.toUpperCase(Locale.ROOT), 1))).containsExactly(7);

        assertThat(host.in(7, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_NOT_SUPPORTED);
        assertThat(InquiryData.isDisk(
                        host.in(7, new Cdb.Inquiry(false, 0, 96), 96).data()))
                .isFalse();
    }

    @Test
    void whoIsLoggedInIsToldWithItsPortal() throws Exception {
        assertThat(target.now()).isEmpty();
        TestInitiator host = login(HOST, 1);
        TestInitiator second =
                remember(TestInitiator.login(target.addresses().get(1), HOST, IQN, 2, Preferences.DEFAULT));
        assertThat(luns(host)).isEqualTo(luns(second));
        assertThat(target.now()).extracting(Login::initiator).containsExactly(HOST, HOST);
        assertThat(target.now()).extracting(Login::portal).containsExactlyInAnyOrderElementsOf(target.addresses());
    }

    @Test
    void eachPortalShowsItsOwnPortAndTheSameUnit() throws Exception {
        for (int portal = 0; portal < 2; portal++) {
            TestInitiator host =
                    remember(TestInitiator.login(target.addresses().get(portal), HOST, IQN, 1, Preferences.DEFAULT));
            ByteBuffer page = host.in(1, new Cdb.Inquiry(true, VpdPage.DEVICE_IDENTIFICATION, 512), 512)
                    .data();
            List<Designator> names = Designator.parse(VpdPage.body(VpdPage.DEVICE_IDENTIFICATION, page));
            assertThat(names)
                    .contains(
                            Designator.naa(HexFormat.of().parseHex("624a9370a1b2c3d4e5f6071800000001")),
                            Designator.relativePort(portal + 1),
                            Designator.portName(IQN, portal + 1));
        }
    }

    @Test
    void discoveryNamesThePortalAskedFirst() throws Exception {
        for (int portal = 0; portal < 2; portal++) {
            InetSocketAddress asked = target.addresses().get(portal);
            InitiatorIdentity who =
                    new InitiatorIdentity(HOST, "", SessionType.DISCOVERY, new Isid(0x800000000005L), 0, 0);
            TestInitiator discovery = remember(TestInitiator.login(asked, who, Preferences.DEFAULT));
            SendTargets targets = SendTargets.of(KeyText.parse(discovery.text("SendTargets=All")));
            assertThat(targets.targets()).hasSize(1);
            assertThat(targets.targets().getFirst().name()).isEqualTo(IQN);
            assertThat(targets.targets().getFirst().portals()).hasSize(2);
            assertThat(targets.targets().getFirst().portals().getFirst())
                    .hasToString("127.0.0.1:" + asked.getPort() + "," + (portal + 1));
            assertThat(KeyText.parse(discovery.text("SendTargets=iqn.else"))).hasToString("[SendTargets=Reject]");
        }
    }

    @Test
    void anUnknownTargetIsRefused() {
        assertThatThrownBy(() ->
                        TestInitiator.login(target.addresses().getFirst(), HOST, "iqn.else", 1, Preferences.DEFAULT))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.TARGET_NOT_FOUND));
    }

    @Test
    void aNewConnectionIsToldOnceThroughAKnownUnit() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        units.connect(HOST, 2, unit);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.REPORTED_LUNS_CHANGED);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();

        units.disconnect(HOST, 2);
        assertThat(luns(host)).containsExactly(1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood())
                .as("who has asked for the list needn't be told that it changed")
                .isTrue();
        assertThat(host.in(2, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_NOT_SUPPORTED);
    }

    @Test
    void aResizeIsToldAndSeen() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        unit.resize(2 * SIZE);
        units.sizeChanged(HOST, 1);
        TestInitiator.Outcome outcome = host.in(1, new Cdb.ReadCapacity16(32), 32);
        assertThat(outcome.sense()).isEqualTo(Sense.CAPACITY_CHANGED);
        assertThat(outcome.residual()).isEqualTo(Residual.of(32, 0));
        assertThat(Capacity.parse16(host.in(1, new Cdb.ReadCapacity16(32), 32).data())
                        .bytes())
                .isEqualTo(2 * SIZE);
    }

    @Test
    void anotherUnitBehindTheSameLunIsTold() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        try (FileUnit second = new FileUnit(folder.resolve("second"), SIZE, 2)) {
            units.disconnect(HOST, 1);
            units.connect(HOST, 1, second);
            assertThat(luns(host)).containsExactly(1);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.INQUIRY_DATA_CHANGED);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
    }

    @Test
    void anAddressInUseIsNamed() {
        assertThatThrownBy(() -> IscsiTarget.start(IQN, target.addresses(), units))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        String.valueOf(target.addresses().getFirst().getPort()));
        assertThat(units.watchers()).isEqualTo(1);
    }
}
