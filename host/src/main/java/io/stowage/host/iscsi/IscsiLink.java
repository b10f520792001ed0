package io.stowage.host.iscsi;

import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.Link;
import io.stowage.host.remote.ProvenUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A session over its one connection. Changes of units come as unit attentions, with the commands' answers. */
final class IscsiLink implements Link {
    private final Connection connection;
    private final InitiatorOptions options;

    IscsiLink(Connection connection, InitiatorOptions options) {
        this.connection = connection;
        this.options = options;
    }

    @Override
    public boolean alive() {
        return connection.wire().alive();
    }

    @Override
    public String epitaph() {
        return connection.wire().epitaph();
    }

    @Override
    public ProvenUnit examine(int unit, ExpectedIdentity expected) throws IOException {
        UnitFacts facts = new Examination(connection, unit, options.retryDelay()).of(expected);
        return new ProvenDisk(connection, unit, facts);
    }

    @Override
    public void tend(IntConsumer changed) {
        connection.ping(options.pingEvery());
    }

    @Override
    public boolean isDismissed() {
        return connection.isDismissed();
    }

    @Override
    public boolean farewell(Duration patience) {
        return connection.logout(patience);
    }

    @Override
    public Optional<String> heartbeat() {
        Duration silence = options.pingEvery().plus(options.pingTimeout());
        if (connection.heardBefore(silence)) {
            return Optional.of("nothing came for " + silence.toSeconds() + " seconds");
        }
        if (connection.owesAnswerSince(options.commandTimeout())) {
            return Optional.of(
                    "a command was not answered for " + options.commandTimeout().toSeconds() + " seconds");
        }
        return Optional.empty();
    }

    @Override
    public void fail(IOException why) {
        connection.wire().fail(why);
    }

    @Override
    public boolean bury() {
        connection.wire().awaitBurial();
        return false;
    }

    @Override
    public void receive(int reader) {
        connection.receive();
    }
}
