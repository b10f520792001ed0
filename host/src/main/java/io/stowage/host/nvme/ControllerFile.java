package io.stowage.host.nvme;

import io.stowage.host.remote.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What must be known of the last controller after the process was killed: whether it may still carry out commands, and
 * for how long. Owned by one thread after construction.
 */
final class ControllerFile {
    private static final String SUBSYSTEM = "subsystem";
    private static final String CONTROLLER = "controller";
    private static final String LIFE = "life-ms";

    /**
     * A controller that may hold commands of ours.
     *
     * @param id CNTLID
     * @param mayLive how long it may live on once it hears nothing of us
     */
    record Used(int id, Duration mayLive) {}

    private final StateFile file;
    private final String subsystem;
    private Optional<Used> used;

    private ControllerFile(StateFile file, String subsystem, Optional<Used> used) {
        this.file = file;
        this.subsystem = subsystem;
        this.used = used;
    }

    /** Reads the file of this subsystem, if there is one. */
    static ControllerFile open(Path folder, String subsystem) throws IOException {
        StateFile file = StateFile.of(folder, subsystem, ".controller");
        Properties read = file.read();
        if (!read.containsKey(CONTROLLER)) {
            return new ControllerFile(file, subsystem, Optional.empty());
        }
        try {
            Used used = new Used(
                    Integer.parseInt(read.getProperty(CONTROLLER)),
                    Duration.ofMillis(Long.parseLong(read.getProperty(LIFE, ""))));
            return new ControllerFile(file, subsystem, Optional.of(used));
        } catch (NumberFormatException e) {
            throw new IOException(
                    "The controller file " + file.path() + " has no valid numbers: remove it when nothing is attached",
                    e);
        }
    }

    /** The controller that may hold commands of ours. */
    Optional<Used> used() {
        return used;
    }

    /** To be called before the first command to a controller. */
    void use(Used controller) throws IOException {
        used = Optional.of(controller);
        Properties content = new Properties();
        content.setProperty(SUBSYSTEM, subsystem);
        content.setProperty(CONTROLLER, Integer.toString(controller.id()));
        content.setProperty(LIFE, Long.toString(controller.mayLive().toMillis()));
        file.write(content);
    }

    /** The controller has ended, and nothing of it will be carried out any more. */
    void quiet() throws IOException {
        used = Optional.empty();
        Properties content = new Properties();
        content.setProperty(SUBSYSTEM, subsystem);
        file.write(content);
    }
}
