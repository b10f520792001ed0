package io.stowage.driver.pure;

/** Expressions of the API's filter language. */
final class Filter {
    private Filter() {}

    /** {@code field='value'}, with the value quoted so that it stays one value whatever is in it. */
    static String equal(String field, String value) {
        return field + "='" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static String and(String... tests) {
        return String.join(" and ", tests);
    }

    static String or(String... tests) {
        return String.join(" or ", tests);
    }
}
