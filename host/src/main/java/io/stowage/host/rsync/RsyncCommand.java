package io.stowage.host.rsync;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command lines of rsync, and nothing else. Paths are absolute: a colon in them names no host then. */
final class RsyncCommand {
    /**
     * A client speaks with its peer through a program that it starts as its remote shell, over pipes of its own. So the
     * client's standard input and output are put aside as 3 and 4, and the program copies between those and the pipes. It
     * ends when the peer has ended, as ssh does. What rsync wants to be run elsewhere are arguments that nobody reads.
     */
    private static final List<String> ASIDE =
            List.of("sh", "-c", "exec 3<&0 4>&1 </dev/null >/dev/null; exec \"$@\"", "sh");

    private static final String SHELL = "sh -c \"exec 5<&0; cat <&5 >&4 3<&- & exec cat <&3 4>&- 5<&-\"";

    /**
     * What belongs to one type of file system. No other takes btrfs's properties; and xfs shows its ACLs twice, by the names
     * that it stores them under too: an rsync that misses these at the source would take them, and so the ACLs, away.
     */
    private static final List<String> NOT_OF_ONE_TYPE = List.of("--filter=-x btrfs.*", "--filter=-x trusted.SGI_*");

    /** Each ext4 has one of its own, that its check looks for. */
    private static final String KEEP_LOST_AND_FOUND = "--filter=P /lost+found";

    /** Dates are compared to the nanosecond: what was just made has the second of its source, often. */
    private static final String EXACT_DATES = "--modify-window=-1";

    private RsyncCommand() {}

    /** LXD's sender, which speaks as rsync's client (lxd-api.md, section 15.4). */
    static List<String> sender(Path folder, RsyncTerms terms) {
        List<String> line = new ArrayList<>(ASIDE);
        line.addAll(List.of("rsync", "-ar", "--devices", "--numeric-ids", "--partial", "--sparse"));
        limit(terms.bytesPerSecond(), line);
        features(terms, line);
        line.addAll(List.of("-e", SHELL, "--", content(folder), "localhost:/ignored"));
        return line;
    }

    /** LXD's receiver, which speaks as rsync's server (lxd-api.md, section 15.4). */
    static List<String> receiver(Path folder, RsyncTerms terms) {
        List<String> line = new ArrayList<>(List.of(
                "rsync", "--server", "-vlogDtpre.iLsfx", "--numeric-ids", "--devices", "--partial", "--sparse"));
        line.add(EXACT_DATES);
        line.add("--msgs2stderr"); // else a server's complaints are told by its client alone
        features(terms, line);
        if (terms.features().contains(RsyncFeature.DELETE)) {
            line.add(KEEP_LOST_AND_FOUND);
        }
        line.addAll(List.of("--", ".", folder.toString()));
        return line;
    }

    /** Everything that a file system can have, so that the target becomes the same. */
    static List<String> copy(Path from, Path to, RsyncOnto onto, long bytesPerSecond) {
        List<String> line = new ArrayList<>(List.of(
                "rsync",
                "-aHAX",
                "--numeric-ids",
                "--sparse",
                "--delete-before",
                "--no-human-readable",
                "--info=progress2"));
        line.add(EXACT_DATES);
        line.add("--filter=-x security.selinux");
        line.add("--filter=-x system.*"); // what no filter was given for would leave out, too: ACLs go as such
        line.addAll(NOT_OF_ONE_TYPE);
        line.add(KEEP_LOST_AND_FOUND);
        if (onto == RsyncOnto.SIMILAR) {
            line.add("--checksum");
        }
        limit(bytesPerSecond, line);
        line.addAll(List.of("--", content(from), content(to)));
        return line;
    }

    private static void features(RsyncTerms terms, List<String> line) {
        Arrays.stream(RsyncFeature.values())
                .filter(terms.features()::contains)
                .forEach(feature -> line.addAll(feature.arguments()));
        if (terms.features().contains(RsyncFeature.XATTRS)) {
            line.addAll(NOT_OF_ONE_TYPE);
        }
    }

    /** rsync counts in KiB. */
    private static void limit(long bytesPerSecond, List<String> line) {
        if (bytesPerSecond > 0) {
            line.add("--bwlimit=" + Math.ceilDiv(bytesPerSecond, 1024L));
        }
    }

    /** What is in a folder, rather than the folder. */
    private static String content(Path folder) {
        return folder + "/";
    }
}
