package io.stowage.host.iscsi;

/**
 * A unit whose identity was proven on a connection. Compared by identity: a new one begins with each examination, so
 * that what was acknowledged before a loss can be told from what was after it.
 */
final class Readiness {
    private final Connection connection;
    private final UnitFacts facts;

    Readiness(Connection connection, UnitFacts facts) {
        this.connection = connection;
        this.facts = facts;
    }

    Connection connection() {
        return connection;
    }

    UnitFacts facts() {
        return facts;
    }
}
