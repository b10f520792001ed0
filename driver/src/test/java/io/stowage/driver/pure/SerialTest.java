package io.stowage.driver.pure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SerialTest {
    /** The worked example of the REST reference, section 7. */
    @Test
    void identitiesFollowFromTheSerialNumber() {
        var identity = Serial.identity("8726B5033AF2433D00014196");
        assertThat(identity.naa()).isEqualTo("624a93708726b5033af2433d00014196");
        assertThat(identity.nguid()).isEqualTo("008726b5033af24324a9373d00014196");
        assertThat(identity.naaBytes()).hasSize(16);
    }
}
