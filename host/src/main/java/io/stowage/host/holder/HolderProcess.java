package io.stowage.host.holder;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starting a holder. */
final class HolderProcess {
    private HolderProcess() {}

    /**
     * Starts a holder for the folder and returns when it can be reached.
     *
     * @param classPath where the rooms {@code host} and {@code system} are
     */
    static void start(HolderFiles files, String classPath) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:ReservedCodeCacheSize=8m",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Holder.class.getName(),
                files.folder().toString());
        Process process = new ProcessBuilder(command)
                .directory(new java.io.File("/"))
                .redirectError(ProcessBuilder.Redirect.to(files.log().toFile()))
                .start();
        process.getOutputStream().close();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            if (!"ready".equals(said.readLine())) {
                process.destroyForcibly();
                throw new IOException("The holder of descriptors did not start: "
                        + Files.readString(files.log()).strip());
            }
        }
    }
}
