package io.stowage.driver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.driver.Initiator;
import io.stowage.model.Protocol;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
    private static final HostNames NAMES = new HostNames(63);

    @ParameterizedTest
    @CsvSource({
        "host01, ISCSI, host01-iscsi",
        "host01, NVME_TCP, host01-nvme",
        "host01.example.com, ISCSI, host01-example-com-iscsi",
        "_x_, ISCSI, x-iscsi",
        "..., ISCSI, host-iscsi"
    })
    void isTheServersWithTheProtocol(String server, Protocol protocol, String name) {
        assertThat(NAMES.of(new Initiator(protocol, "iqn.x", server))).isEqualTo(name);
    }

    /** The array's rule (REST reference, section 4.1). */
    @Property
    void isAlwaysOneThatTheArrayTakes(@ForAll String server, @ForAll String qualified, @ForAll Protocol protocol) {
        var initiator = new Initiator(protocol, qualified, server);
        assertThat(NAMES.of(initiator)).matches("(?=.{1,63}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
        assertThat(NAMES.second(initiator)).matches("(?=.{1,63}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
    }

    @Property
    void longNamesStayDifferent(@ForAll Protocol protocol) {
        var a = NAMES.of(new Initiator(protocol, "iqn.x", "h".repeat(80) + "1"));
        var b = NAMES.of(new Initiator(protocol, "iqn.x", "h".repeat(80) + "2"));
        assertThat(a).hasSize(63).isNotEqualTo(b);
    }
}
