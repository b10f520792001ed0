package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.RealLxd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every sub-command of {@code lxc storage} that Debian's client has: what it says with our server is what it says with a real
 * LXD 5.0.2 and btrfs, but for what the {@link Script} declares for one command, and {@link Likeness} for all.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LxcStorageTest {
    private static final Script SCRIPT = Script.read("storage.script");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S.*");
    private static final Pattern FLAG = Pattern.compile("(?m)^ +(?:-[a-z], )?--([a-z-]+) .*");

    /** Members of a cluster: the server looks at them before it does anything, whatever it is asked, so some commands do. */
    private static final Set<String> MEMBER_FLAGS = Set.of("target", "destination-target");

    @TempDir
    private static Path files;

    private static Arena arena;
    private static ExecutorService meanwhile;
    private static Future<List<Ran>> expected;

    /** A server that commands are sent to. */
    private interface Side {
        Ran lxc(String input, String... arguments);

        List<String> settings();

        String driver();
    }

    @BeforeAll
    static void open() {
        meanwhile = Executors.newVirtualThreadPerTaskExecutor();
        expected = meanwhile.submit(() -> {
            try (RealLxd lxd = RealLxd.start()) {
                return play(new Lxd(lxd), "lxd");
            }
        });
        arena = Arena.open();
    }

    @AfterAll
    static void close() {
        // Waits for the real one's end; none of its commands lasts longer than Ran has patience.
        try (var _ = meanwhile) {
            if (arena != null) {
                arena.close();
            }
        }
    }

    private record Lxd(RealLxd lxd) implements Side {
        @Override
        public Ran lxc(String input, String... arguments) {
            if (arguments.length > 3 && arguments[1].equals("create")) {
                lxd.readyLoopDevices();
            }
            return lxd.lxcWith(input, arguments);
        }

        @Override
        public List<String> settings() {
            return List.of("size=1GiB");
        }

        @Override
        public String driver() {
            return "btrfs";
        }
    }

    private record Ours(Combination combination) implements Side {
        @Override
        public Ran lxc(String input, String... arguments) {
            return arena.server().lxcWith(input, arguments);
        }

        @Override
        public List<String> settings() {
            return combination.poolSettings(arena.array());
        }

        @Override
        public String driver() {
            return combination.driver();
        }
    }

    private static List<Ran> play(Side side, String name) throws IOException {
        Path folder = Files.createDirectory(files.resolve(name));
        List<Ran> answers = new ArrayList<>();
        side.lxc("", "version").orFail(); // the first time it says hello
        for (Step step : SCRIPT.steps()) {
            String input = step.input().text();
            if (!step.input().command().isEmpty()) {
                input += step.input()
                        .edited(run(side, "", step.input().command(), folder).out());
            }
            Ran ran = run(side, input, step.command(), folder);
            answers.add(new Ran(ran.command(), ran.status(), plain(ran.out(), folder), plain(ran.err(), folder)));
        }
        return answers;
    }

    private static Ran run(Side side, String input, List<String> command, Path folder) {
        String[] arguments = command.stream()
                .flatMap(word -> word.equals("{settings}") ? side.settings().stream() : Stream.of(word))
                .map(word -> word.replace("{driver}", side.driver()).replace("{folder}", folder.toString()))
                .toArray(String[]::new);
        return side.lxc(input, arguments);
    }

    private static String plain(String text, Path folder) {
        return Likeness.likened(text.replace(folder.toString(), "{folder}"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Combination.class,
            names = {"PURE_ISCSI", "ALLETRA_NVME"})
    void everyCommandSaysWhatItSaysWithLxd(Combination combination) throws Exception {
        List<Ran> answers = play(new Ours(combination), combination.name());
        List<Ran> lxd = expected.get();
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            complain(SCRIPT.steps().get(i), lxd.get(i), answers.get(i), complaints);
        }
        assertThat(complaints).as("of %d commands", answers.size()).isEmpty();
    }

    private static void complain(Step step, Ran lxd, Ran ours, List<String> complaints) {
        Step.Difference declared = step.difference();
        if (lxd.status() != ours.status()) {
            complaints.add("\n%s\nends with %d, LXD with %d".formatted(step, ours.status(), lxd.status()));
        }
        if (!agrees(lxd.out(), ours.out(), declared.out())) {
            complaints.add("\n%s\nprints\n%s\nand LXD\n%s".formatted(step, ours.out(), lxd.out()));
        }
        if (!agrees(lxd.err(), ours.err(), declared.err())) {
            complaints.add("\n%s\nsays\n%s\nand LXD\n%s".formatted(step, ours.err(), lxd.err()));
        }
        if (declared.isDeclared() && lxd.out().equals(ours.out()) && lxd.err().equals(ours.err())) {
            complaints.add("\n%s\nis declared to differ, and doesn't".formatted(step));
        }
    }

    private static boolean agrees(String lxd, String ours, String declared) {
        if (declared.isEmpty()) {
            return ours.equals(lxd);
        }
        String pattern =
                Arrays.stream(declared.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
        return ours.matches(pattern);
    }

    /** So that a client which can do more fails here until the script does it too. */
    @Test
    void theScriptHasEverySubCommandAndFlag() {
        assertCovered(List.of("storage"));
        assertCovered(List.of("storage", "volume"));
    }

    private void assertCovered(List<String> group) {
        Set<String> missing = new TreeSet<>();
        String help = help(group);
        help = help.substring(
                help.indexOf("Available Commands:"), help.indexOf("\n\n", help.indexOf("Available Commands:")));
        List<String> names =
                COMMAND.matcher(help).results().map(found -> found.group(1)).toList();
        assertThat(names).contains("list", "create", "delete", "show", "edit", "get", "set", "unset");
        for (String name : names) {
            List<String> command =
                    Stream.concat(group.stream(), Stream.of(name)).toList();
            List<List<String>> uses = SCRIPT.steps().stream()
                    .map(Step::command)
                    .filter(words -> words.size() > command.size()
                            && words.subList(0, command.size()).equals(command))
                    .toList();
            if (uses.isEmpty() && !name.equals("volume")) {
                missing.add(String.join(" ", command));
            }
            flags(command)
                    .filter(flag -> !MEMBER_FLAGS.contains(flag))
                    .filter(flag -> uses.stream().noneMatch(words -> uses(words, flag)))
                    .forEach(flag -> missing.add(String.join(" ", command) + " --" + flag));
        }
        assertThat(missing).isEmpty();
    }

    private static boolean uses(List<String> words, String flag) {
        return words.stream().anyMatch(word -> word.equals("--" + flag) || word.startsWith("--" + flag + "="));
    }

    private static Stream<String> flags(List<String> command) {
        String help = help(command);
        int from = help.indexOf("\nFlags:");
        if (from < 0) {
            return Stream.of();
        }
        return FLAG.matcher(help.substring(from, help.indexOf("\nGlobal Flags:")))
                .results()
                .map(found -> found.group(1));
    }

    private static String help(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        return arena.server().lxc(arguments.toArray(String[]::new)).orFail().out();
    }
}
