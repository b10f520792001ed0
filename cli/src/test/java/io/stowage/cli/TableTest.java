package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<String> TITLES = List.of("NAME", "STATE");

    @Test
    void rowsStandInBoxesAsLxcDrawsThem() {
        assertThat(Table.boxed(TITLES, List.of(List.of("p", "CREATED")))).isEqualTo("""
                        +------+---------+
                        | NAME | STATE   |
                        +------+---------+
                        | p    | CREATED |
                        +------+---------+
                        """);
    }

    /** RFC 4180, section 2, rules 5 to 7. */
    @Test
    void cellsWithCommasQuotesAndLinesAreQuoted() {
        assertThat(Table.csv(TITLES, List.of(List.of("a,b", "\"x\""), List.of("c\nd", "y"))))
                .isEqualTo("NAME,STATE\n\"a,b\",\"\"\"x\"\"\"\n\"c\nd\",y\n");
    }
}
