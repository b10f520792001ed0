package io.stowage.array;

import io.stowage.array.core.EstateCheck;
import io.stowage.array.flasharray.FlashArray;
import io.stowage.array.store.Finding;
import io.stowage.array.store.StoreCheck;
import io.stowage.array.store.StoreException;
import io.stowage.array.store.StoreReport;
import io.stowage.array.wsapi.Alletra;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code stowage-array check DIR}: looks through a state folder that isn't in use and changes nothing. */
final class StateCheck {
    private StateCheck() {}

    /**
     * What is wrong, a sentence each; nothing if the folder is well.
     *
     * @param arguments what stands behind {@code check}
     * @throws BadOption the folder can't be checked: it is in use, or holds no state
     */
    static List<String> run(List<String> arguments) throws BadOption {
        if (arguments.size() != 1 || arguments.getFirst().startsWith("-")) {
            throw new BadOption("check needs one argument, the state folder: stowage-array check DIR");
        }
        try (var state = StateFolder.look(path(arguments.getFirst()))) {
            var store = report(state.store());
            var findings = new ArrayList<>(store.findings());
            var estates = List.of(FlashArray.check(store), Alletra.check(store));
            estates.forEach(estate -> findings.addAll(estate.findings()));
            findings.addAll(EstateCheck.strays(store, estates));
            for (var certificate : List.of(FlashArray.NAME, Alletra.NAME)) {
                ServerCertificate.problem(state.certificates(), certificate)
                        .ifPresent(problem -> findings.add(new Finding("certificate", problem)));
            }
            return findings.stream().map(StateCheck::sentence).toList();
        } catch (IOException e) {
            throw new BadOption("The state folder can't be checked: " + e);
        }
    }

    private static Path path(String folder) throws BadOption {
        try {
            return Path.of(folder).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadOption("Invalid state folder \"%s\": must be a path".formatted(folder));
        }
    }

    private static StoreReport report(Path store) throws BadOption {
        try {
            return StoreCheck.report(store);
        } catch (StoreException e) {
            throw new BadOption("The store can't be checked: " + e.getMessage());
        }
    }

    private static String sentence(Finding finding) {
        return finding.where() + ": " + finding.problem() + ".";
    }
}
