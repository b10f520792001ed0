package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a kind of file system needs on this machine. */
record Tools(String fileSystem, String debianPackage, String... programs) {
    /**
     * @throws FileSystemRefused names the tool or says that the kernel lacks it
     */
    void require() throws FileSystemRefused {
        for (String program : programs) {
            if (Command.find(program).isEmpty()) {
                throw new FileSystemRefused("File system " + fileSystem + " needs the program \"" + program
                        + "\", which is not installed (package " + debianPackage + ")");
            }
        }
        if (!kernelKnows()) {
            throw new FileSystemRefused("The kernel of this machine does not support the file system " + fileSystem);
        }
    }

    private boolean kernelKnows() {
        if (listed()) {
            return true;
        }
        try {
            return Command.of("modprobe", fileSystem).run().succeeded() && listed();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean listed() {
        try {
            return Files.readString(Path.of("/proc/filesystems"))
                    .lines()
                    .anyMatch(line -> line.strip().equals(fileSystem));
        } catch (IOException e) {
            return true; // no /proc to tell: let mount decide
        }
    }
}
