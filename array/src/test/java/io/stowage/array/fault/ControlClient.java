package io.stowage.array.fault;

import io.stowage.web.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** What a tester has at the other end of the control socket. Apostrophes stand for quotation marks. */
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** @param state the array's state folder */
    public static ControlClient connect(Path state) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(state.resolve("control.socket")));
            return new ControlClient(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The answer to a line that has to be carried out. */
    public JsonNode ok(String line) {
        var answer = send(line);
        if (!answer.path("ok").asBoolean()) {
            throw new AssertionError(line + ": " + answer);
        }
        return answer;
    }

    /** What is said against a line. */
    public String refused(String line) {
        var answer = send(line);
        if (answer.path("ok").asBoolean()) {
            throw new AssertionError(line + " is not refused: " + answer);
        }
        return answer.path("error").asString();
    }

    private JsonNode send(String line) {
        try {
            write(line.replace('\'', '"') + "\n");
            return Json.tree(answers.readLine().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
