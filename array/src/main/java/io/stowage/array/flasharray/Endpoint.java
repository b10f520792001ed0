package io.stowage.array.flasharray;

/**
 * One row of the table of what can be called.
 *
 * @param path below {@code /api/2.X/}
 * @param since the first 2.X that has it
 */
record Endpoint(String method, String path, int since, Action action) {
    /** Carries a call out. */
    @FunctionalInterface
    interface Action {
        /** @throws Refusal what the array says against it */
        Answer answer(Call call);
    }
}
