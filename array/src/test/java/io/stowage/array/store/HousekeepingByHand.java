package io.stowage.array.store;

/** Takes a step when the test says so. */
final class HousekeepingByHand implements Housekeeper {
    private final Housekeeping housekeeping;
    private final Commits commits;

    HousekeepingByHand(Housekeeping housekeeping, Commits commits) {
        this.housekeeping = housekeeping;
        this.commits = commits;
    }

    void step() {
        if (housekeeping.isDue()) {
            housekeeping.step(commits);
        }
    }

    @Override
    public void wake() {}

    @Override
    public void drain() {
        while (housekeeping.isDue()) {
            housekeeping.step(commits);
        }
    }

    @Override
    public void awaitCount() {
        while (!housekeeping.hasCounted()) {
            housekeeping.step(commits);
        }
    }

    @Override
    public void stop() {}
}
