package io.stowage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void parametersAreDecodedOnceAndMayRepeat() {
        var query = Query.parse("filter=name+eq+a%26b&type=x&type=y&flag&&empty=");
        assertThat(query.first("filter")).contains("name eq a&b");
        assertThat(query.all("type")).containsExactly("x", "y");
        assertThat(query.first("flag")).contains("");
        assertThat(query.first("empty")).contains("");
        assertThat(query.first("absent")).isEmpty();
    }

    @Test
    void badEncodingIsRefused() {
        assertThatThrownBy(() -> Query.parse("a=%zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
