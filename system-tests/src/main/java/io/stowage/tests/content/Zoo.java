package io.stowage.tests.content;

import io.stowage.tests.arena.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files of every kind that a file system can have, and what can be told about them: types, modes, owners, sizes, times,
 * links, ACLs, extended attributes, device numbers and digests.
 *
 * @param description text by which two trees are compared
 */
public record Zoo(String description) {
    private static final String PLANT = """
            cd "$1"
            mkdir -p dir/deep/er "with blank"
            head -c 300000 /dev/urandom > random
            head -c 70000 /dev/urandom > dir/deep/er/file
            : > empty
            printf 'text' > 'with blank/ümläut and "quotes" \\ back'
            printf 'text' > "$(printf 'new\\nline')"
            printf 'x' > "$(printf 'not\\377utf8')"
            long=$(printf 'l%.0s' $(seq 1 200)); mkdir -p "$long/$long"; printf 'y' > "$long/$long/$long"
            ln random hard1; ln random dir/hard2; ln "$long/$long/$long" "$long/hard3"
            ln -s random soft; ln -s /etc/passwd absolute; ln -s "$long/$long" "dir/long"; ln -s ../nowhere dir/dangling
            truncate -s 40M sparse; printf 'a' | dd of=sparse bs=1 seek=1000000 conv=notrunc 2>/dev/null
            printf 'b' | dd of=sparse bs=1 seek=30000000 conv=notrunc 2>/dev/null
            truncate -s 3M hole
            mkfifo pipe; mknod null c 1 3; mknod disk b 7 200
            chown 12345:54321 random; chown -h 1234:4321 soft; chmod 4755 dir/deep/er/file; chmod 2770 dir; chmod 1777 "with blank"
            chmod 0 empty; setfattr -n user.top -v kept .
            setfattr -n user.note -v 'a value' random; setfattr -n trusted.secret -v 0x00ff10 dir
            setfattr -n user.big -v "$(head -c 800 /dev/zero | tr '\\0' v)" dir/deep
            setfacl -m u:1001:r-x,g:2002:rw- dir/deep/er/file; setfacl -d -m u:1003:rwx dir/deep
            find . -depth ! -name lost+found -exec touch -h -d @1234567890 {} +
            touch -d @987654321 empty
            sync -f .
            """;

    /** All but the copies of ACLs that xfs shows as trusted.SGI_*. */
    private static final String DESCRIBE = """
            cd "$1"
            find . -path ./lost+found -prune -o -type d -printf '%p %y %m %U %G %Ts\\0' -o -type l -printf '%p %y %U %G %Ts %l\\0' \
              -o -printf '%p %y %m %U %G %Ts %s %n\\0' | LC_ALL=C sort -z | tr '\\0' '\\n'
            find . -type c -exec stat -c '%n %t:%T' {} + -o -type b -exec stat -c '%n %t:%T' {} + | LC_ALL=C sort
            find . -path ./lost+found -prune -o -print0 | LC_ALL=C sort -z | xargs -0 getfacl -P -n -p --
            find . -path ./lost+found -prune -o -print0 | LC_ALL=C sort -z | xargs -0 getfattr -h -d -m '^([^t]|trusted\\.[^S])' -e hex -- 2>/dev/null
            find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
            for f in hard1 dir/hard2; do test random -ef $f || echo "$f is no hard link"; done
            """;

    /** Makes the files in a folder. */
    public static Zoo plant(Path folder) {
        shell(PLANT, folder);
        return of(folder);
    }

    /** What is there now; an ext4's {@code lost+found} is left out. */
    public static Zoo of(Path folder) {
        return new Zoo(shell(DESCRIBE, folder));
    }

    /**
     * What is left of it when nobody tells which names are the same file: LXD's migrations run rsync without
     * {@code --hard-links}.
     */
    public Zoo withoutHardLinks() {
        return new Zoo(description
                .lines()
                .filter(line -> !line.endsWith(" is no hard link"))
                .map(line -> line.replaceFirst("( [fpcbs] [0-7]+ \\d+ \\d+ \\d+ \\d+) \\d+$", "$1"))
                .collect(Collectors.joining("\n")));
    }

    /** @throws AssertionError with the first difference */
    public void verify(Path folder) {
        Zoo present = of(folder);
        if (!present.equals(this)) {
            throw new AssertionError("below " + folder + " is another tree: " + difference(present));
        }
    }

    private String difference(Zoo other) {
        List<String> wanted = description.lines().toList();
        List<String> present = other.description.lines().toList();
        for (int i = 0; i < Math.max(wanted.size(), present.size()); i++) {
            String one = i < wanted.size() ? wanted.get(i) : "(nothing)";
            String two = i < present.size() ? present.get(i) : "(nothing)";
            if (!one.equals(two)) {
                return "line " + (i + 1) + " is [" + two + "] instead of [" + one + "]";
            }
        }
        return "none";
    }

    /** @throws AssertionError holes of the sparse files take space */
    public static void verifyHoles(Path folder) {
        String blocks = Ran.run(
                        "stat",
                        "-c",
                        "%b",
                        folder.resolve("sparse").toString(),
                        folder.resolve("hole").toString())
                .orFail()
                .out();
        if (blocks.lines().mapToLong(Long::parseLong).sum() > 4096) {
            throw new AssertionError(
                    "the holes of sparse files take space: " + blocks.strip().replace('\n', ' ') + " blocks");
        }
    }

    private static String shell(String script, Path folder) {
        return Ran.run(Map.of("LC_ALL", "C"), "", List.of("bash", "-euc", script, "zoo", folder.toString()))
                .orFail()
                .out();
    }
}
