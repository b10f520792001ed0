package io.stowage.cli;

import io.stowage.client.ApiError;
import io.stowage.client.Unreachable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main of {@code bin/stowage}. Exit status 0, or 1 with one sentence on standard error. */
@Command(
        name = "stowage",
        description = "Pools, volumes and snapshots on remote block storage arrays.",
        mixinStandardHelpOptions = true,
        version = "stowage 0.1",
        synopsisSubcommandLabel = "COMMAND")
public final class Stowage implements Runnable {
    /** Every group of commands, in the order of the help. */
    private static final Map<String, Supplier<Group>> GROUPS = groups();

    /** What scripts ask all the time, without an option: reading the annotations would take most of the time. */
    private static final Map<List<String>, Supplier<ApiCommand>> COMMON = Map.of(
            List.of("pool", "list"), PoolCommands.ListPools::new,
            List.of("operation", "list"), OperationCommands.ListOperations::new);

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private static Map<String, Supplier<Group>> groups() {
        Map<String, Supplier<Group>> groups = new LinkedHashMap<>();
        groups.put("pool", PoolCommands::group);
        groups.put("volume", VolumeCommands::group);
        groups.put("snapshot", SnapshotCommands::group);
        groups.put("operation", OperationCommands::group);
        groups.put("remote", RemoteCommands::group);
        return groups;
    }

    public static void main(String[] args) {
        int status = run(System.out, System.err, args);
        System.err.flush();
        // Nothing waits for an orderly end, and System.exit would first set up logging.
        Runtime.getRuntime().halt(status);
    }

    /** @return the exit status */
    static int run(PrintStream out, PrintStream err, String... args) {
        Supplier<ApiCommand> common = COMMON.get(List.of(args));
        return common == null ? parseAndRun(out, err, args) : runAsItIs(common.get(), out, err);
    }

    private static int runAsItIs(ApiCommand command, PrintStream out, PrintStream err) {
        try {
            int status = command.call();
            out.flush();
            return status;
        } catch (ApiError | Unreachable | Wrong e) {
            err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private static int parseAndRun(PrintStream out, PrintStream err, String... args) {
        CommandLine line = commandLine(args);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((e, _, _) -> fail(err, e));
        line.setParameterExceptionHandler((e, _) -> {
            err.println("Error: " + e.getMessage());
            err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return 1;
        });
        int status = line.execute(args);
        out.flush();
        return status;
    }

    private static int fail(PrintStream err, Exception e) throws Exception {
        if (e instanceof ApiError || e instanceof Unreachable || e instanceof Wrong) {
            err.println("Error: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    /** The whole tree, or only the branch that the arguments name. */
    private static CommandLine commandLine(String[] args) {
        CommandLine root = new CommandLine(new Stowage());
        Supplier<Group> named = args.length == 0 ? null : GROUPS.get(args[0]);
        if (named != null) {
            named.get().addTo(root, args);
            return root;
        }
        GROUPS.values().forEach(group -> group.get().addTo(root, new String[0]));
        root.addSubcommand(new Completion());
        return root;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** Commands that stand below one word. */
    record Group(Object command, Map<String, Supplier<Callable<Integer>>> commands) {
        void addTo(CommandLine root, String[] args) {
            CommandLine group = new CommandLine(command);
            Supplier<Callable<Integer>> named = args.length < 2 ? null : commands.get(args[1]);
            if (named == null) {
                commands.forEach((name, make) -> group.addSubcommand(name, make.get()));
            } else {
                group.addSubcommand(args[1], named.get());
            }
            root.addSubcommand(group);
        }
    }

    @Command(name = "completion", description = "Prints a completion script: source <(stowage completion)")
    static final class Completion implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.println(picocli.AutoComplete.bash("stowage", commandLine(new String[0])));
            return 0;
        }
    }
}
