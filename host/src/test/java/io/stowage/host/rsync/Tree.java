package io.stowage.host.rsync;

import io.stowage.system.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of every kind that a volume can have, and what the system's tools say of a folder. */
final class Tree {
    private Tree() {}

    private static void shell(Path folder, String script) throws IOException {
        Command.of("sh", "-e", "-c", "cd \"$1\"\n" + script, "sh", folder.toString())
                .runOrThrow();
    }

    static void make(Path folder) throws IOException {
        Files.createDirectories(folder);
        shell(folder, """
                chmod 711 .
                mkdir -p d/e
                head -c 300000 /dev/urandom >d/random
                printf 'same size' >d/e/small
                touch -d 2001-02-03T04:05:06Z d/e/small
                setfacl -m u:1234:rx,g:4321:w d/e/small
                setfacl -d -m u:77:r d/e
                setfattr -n user.colour -v blue d/e/small
                setfattr -n trusted.secret -v x d
                chown 1001:2002 d/random
                chmod 4755 d/random
                ln -s ../nowhere d/link
                mknod d/null c 1 3
                mknod d/block b 7 200
                mkfifo d/pipe
                printf x >'d/a name with \\ and  blanks'
                """);
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("d/sparse").toFile(), "rw")) {
            sparse.setLength(64L << 20);
            sparse.seek(40L << 20);
            sparse.write(new byte[] {1, 2, 3});
        }
        // Another second than that in which the copy is made: LXD 5.0's receiver looks at seconds alone.
        shell(folder, "find . ! -name small -print0 | xargs -0 touch -h -d 2012-11-10T09:08:07.123456789Z");
    }

    static void makeLinked(Path folder) throws IOException {
        make(folder);
        shell(folder, "ln d/random d/again; ln d/random d/e/third; touch -d 2013-01-01 d/e d");
    }

    /**
     * Paths with type, mode, owner, size, date, target, device numbers; ACLs; attributes, but for the copies of ACLs that xfs
     * shows; contents.
     */
    static List<String> describe(Path folder) throws IOException {
        String script = """
                cd "$1"
                export LC_ALL=C
                find . ! -name lost+found -printf '%p %y %m %U:%G %s %T@ %l\\n' | sed -E '/ d /s/ [0-9]+ ([0-9.]+ *)$/ - \\1/' | sort
                find . -type b -o -type c | sort | xargs -r stat -c '%n %t:%T'
                find . ! -type l ! -name lost+found -print0 | sort -z | xargs -0 getfacl -n -p
                find . ! -type l ! -name lost+found -print0 | sort -z | xargs -0 getfattr -d -m '^(user|trusted\\.[^S])'
                find . -type f -print0 | sort -z | xargs -0 sha256sum
                """;
        return Command.of("sh", "-c", script, "sh", folder.toString())
                .runOrThrow()
                .output()
                .lines()
                .toList();
    }

    /** Which paths are one file. */
    static List<String> links(Path folder) throws IOException {
        return Command.of("sh", "-c", "cd \"$1\"; find . -samefile d/random | sort", "sh", folder.toString())
                .runOrThrow()
                .output()
                .lines()
                .toList();
    }

    static long allocatedKib(Path file) throws IOException {
        return Long.parseLong(
                Command.of("du", "-k", file.toString()).runOrThrow().output().split("\\s", 2)[0]);
    }
}
