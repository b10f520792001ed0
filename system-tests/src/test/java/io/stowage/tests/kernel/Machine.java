package io.stowage.tests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Checkout;
import io.stowage.tests.arena.Ran;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A virtual machine with a stock Debian kernel that runs one script. The script asks for what has to happen outside of the
 * machine by files in a folder that both see ({@code in-the-machine} has its side of that).
 */
final class Machine implements AutoCloseable {
    /** What the test does when the script asks. */
    interface Outside {
        /** @return the answer, one line */
        String on(String request);
    }

    /** Idle it takes a minute and a half; under load ten times as long. */
    private static final long LONGEST_SECONDS = 1500;

    private static final int LOOK_MILLIS = 50;

    /** Of {@code vm-run --prepare}: Debian doesn't hand out its kernel now. */
    private static final int NO_KERNEL = 75;

    private static final long END_SECONDS = 30;

    private final Process process;
    private final Path share;
    private final String script;

    private Machine(Process process, Path share, String script) {
        this.process = process;
        this.share = share;
        this.script = script;
    }

    /**
     * Starts a script of this package with the shared folder and the arguments. Skips the test where the kernel can't be
     * downloaded.
     */
    static Machine start(Path share, String script, List<String> arguments) throws IOException {
        Ran prepared = Ran.run(Checkout.vmRun().toString(), "--prepare");
        Assumptions.assumeTrue(prepared.status() != NO_KERNEL, prepared.err());
        prepared.orFail();
        List<String> command = new ArrayList<>(List.of(
                Checkout.vmRun().toString(),
                "--timeout",
                Long.toString(LONGEST_SECONDS),
                "--share",
                share + ":rw",
                "--",
                "bash",
                resource(script).toString(),
                share.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(share.resolve("out").toFile())
                .redirectErrorStream(true)
                .start();
        return new Machine(process, share, script);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Machine.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Serves the script until it has ended; fails if it has. */
    void serve(Outside outside) throws IOException, InterruptedException {
        int asked = 1;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Path request = share.resolve("ask." + asked);
            if (Files.exists(request)) {
                answer(asked, outside.on(Files.readString(request).strip()));
                asked++;
            }
        }
        System.out.print(output());
        assertThat(process.exitValue()).as(script + ":\n" + output()).isZero();
    }

    /** Appears at once with all of its content. */
    private void answer(int number, String text) throws IOException {
        Path written = Files.writeString(share.resolve("answering"), text + "\n");
        Files.move(written, share.resolve("answer." + number));
    }

    /** What the script has printed. */
    String output() throws IOException {
        return Files.readString(share.resolve("out"));
    }

    /** Ends the machine, wherever it is. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
