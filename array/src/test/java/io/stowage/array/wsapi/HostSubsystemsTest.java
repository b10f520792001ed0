package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subsystem for each host object (section 13 of the reference). */
class HostSubsystemsTest {
    private static final String A = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000a";
    private static final String B = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000b";

    private final Lab lab = Lab.inMemory();
    private final Subsystems subsystems = lab.subsystems();

    @BeforeEach
    void prepare() {
        lab.make("hosts", "{'name': 'a', 'NQN': '%s'}".formatted(A));
        lab.make("hosts", "{'name': 'b', 'NQN': '%s'}".formatted(B));
        lab.make("hosts", "{'name': 'i', 'iSCSINames': ['iqn.i']}");
        lab.create("v", 256);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void export(String host) {
        lab.make("vluns", "{'volumeName': 'v', 'hostname': '%s', 'lun': 1}".formatted(host));
    }

    /** The one that a VLUN of the host tells. */
    private String told(String host) {
        return lab.get("vluns?query=%22hostname==" + host + "%22")
                .path("members")
                .get(0)
                .path("Subsystem_NQN")
                .asString();
    }

    @Test
    void aHostFindsItsOwnOnceSomethingIsExportedToIt() {
        assertThat(subsystems.listedTo(A)).isEmpty();
        export("a");
        assertThat(subsystems.listedTo(A)).extracting(Subsystem::nqn).containsExactly(told("a"));
        assertThat(subsystems.listedTo(B)).isEmpty();
        assertThat(subsystems.listedTo("nqn.nobody")).isEmpty();
        export("b");
        assertThat(told("b")).startsWith("nqn.2020-07.com.hpe:").isNotEqualTo(told("a"));
        assertThat(subsystems.listedTo(B)).extracting(Subsystem::nqn).containsExactly(told("b"));
        lab.delete("vluns/v,1,a");
        assertThat(subsystems.listedTo(A)).isEmpty();
    }

    @Test
    void nobodyElseMayConnectToIt() {
        export("a");
        var nqn = told("a");
        assertThat(subsystems.exists(nqn)).isTrue();
        assertThat(subsystems.find(nqn, A.toUpperCase(Locale.ROOT))).isPresent();
        assertThat(subsystems.find(nqn, B)).isEmpty();
        assertThat(subsystems.find(nqn, "iqn.i")).isEmpty();
        assertThat(subsystems.exists("nqn.2020-07.com.hpe:none")).isFalse();
        assertThat(subsystems.find("nqn.2020-07.com.hpe:none", A)).isEmpty();
    }

    /** What is exported to a set, or with one, or to a port, counts too. */
    @Test
    void anyExportMakesItListed() {
        lab.make("hostsets", "{'name': 's', 'setmembers': ['a']}");
        export("set:s");
        assertThat(subsystems.listedTo(A)).hasSize(1);
        lab.delete("vluns/v,1,set:s");
        assertThat(subsystems.listedTo(A)).isEmpty();
        lab.make("volumesets", "{'name': 'vs', 'setmembers': ['v']}");
        lab.make("vluns", "{'volumeName': 'set:vs', 'hostname': 'a', 'lun': 1}");
        assertThat(subsystems.listedTo(A)).hasSize(1);
        lab.put("volumesets/vs", "{'action': 2, 'setmembers': ['v']}");
        assertThat(subsystems.listedTo(A)).as("an empty set shows nothing").isEmpty();
    }

    /** Trap 16: with the host object its subsystem is gone; the next one has another name. */
    @Test
    void anotherHostObjectIsAnotherSubsystem() {
        export("a");
        var before = told("a");
        lab.delete("vluns/v,1,a");
        lab.delete("hosts/a");
        assertThat(subsystems.exists(before)).isFalse();
        lab.make("hosts", "{'name': 'a', 'NQN': '%s'}".formatted(A));
        export("a");
        assertThat(told("a")).isNotEqualTo(before);
        assertThat(subsystems.find(before, A)).isEmpty();
    }

    /** A host that comes by iSCSI has none. */
    @Test
    void onlyHostsOfNvmeHaveOne() {
        export("i");
        assertThat(subsystems.listedTo("iqn.i")).isEmpty();
        assertThat(lab.get("vluns").path("members").get(0).has("Subsystem_NQN")).isFalse();
    }
}
