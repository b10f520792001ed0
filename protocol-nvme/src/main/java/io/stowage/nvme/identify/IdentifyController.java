package io.stowage.nvme.identify;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Identify Controller, CNS 01h. Base 2.0, figure 275. Fields that aren't here are zero. */
public final class IdentifyController extends Structure {
    public static final int BYTES = 4096;

    /** CNTRLTYPE of a controller that does I/O. */
    public static final int IO_CONTROLLER = 1;

    /** CNTRLTYPE of a discovery controller. */
    public static final int DISCOVERY_CONTROLLER = 2;

    private static final int SERIAL = 4;
    private static final int SERIAL_LENGTH = 20;
    private static final int MODEL = 24;
    private static final int MODEL_LENGTH = 40;
    private static final int FIRMWARE = 64;
    private static final int FIRMWARE_LENGTH = 8;
    private static final int IEEE = 73;
    private static final int SUBSYSTEM = 768;
    private static final int SUBSYSTEM_LENGTH = 256;

    /** All zeros. */
    public IdentifyController() {
        super(BYTES);
    }

    /** The structure at the buffer's position. */
    public IdentifyController(ByteBuffer from) {
        super(from, BYTES);
    }

    /** SN: the serial number, at most 20 characters. */
    public String serial() {
        return textAt(SERIAL, SERIAL_LENGTH);
    }

    public IdentifyController serial(String serial) {
        textAt(SERIAL, SERIAL_LENGTH, serial, ' ');
        return this;
    }

    /** MN: the model number, at most 40 characters. */
    public String model() {
        return textAt(MODEL, MODEL_LENGTH);
    }

    public IdentifyController model(String model) {
        textAt(MODEL, MODEL_LENGTH, model, ' ');
        return this;
    }

    /** FR: the firmware revision, at most 8 characters. */
    public String firmware() {
        return textAt(FIRMWARE, FIRMWARE_LENGTH);
    }

    public IdentifyController firmware(String firmware) {
        textAt(FIRMWARE, FIRMWARE_LENGTH, firmware, ' ');
        return this;
    }

    /** IEEE: the vendor's organizationally unique identifier, 24 bits as it is printed. */
    public int oui() {
        return byteAt(IEEE) | byteAt(IEEE + 1) << 8 | byteAt(IEEE + 2) << 16;
    }

    public IdentifyController oui(int oui) {
        byteAt(IEEE, oui);
        byteAt(IEEE + 1, oui >>> 8);
        byteAt(IEEE + 2, oui >>> 16);
        return this;
    }

    /** CMIC: bit 0 several ports, 1 several controllers, 3 reports asymmetric namespace access. */
    public int sharing() {
        return byteAt(76);
    }

    public IdentifyController sharing(int bits) {
        byteAt(76, bits);
        return this;
    }

    /** MDTS: the largest transfer as a power of two in units of 4 KiB; 0 for no limit. */
    public int maxTransfer() {
        return byteAt(77);
    }

    public IdentifyController maxTransfer(int exponent) {
        byteAt(77, exponent);
        return this;
    }

    /** CNTLID. */
    public int controllerId() {
        return shortAt(78);
    }

    public IdentifyController controllerId(int id) {
        shortAt(78, id);
        return this;
    }

    /** VER: as in the VS property. */
    public int version() {
        return intAt(80);
    }

    public IdentifyController version(int version) {
        intAt(80, version);
        return this;
    }

    /** OAES: which optional asynchronous events there are, bits as in feature 0Bh. */
    public int events() {
        return intAt(92);
    }

    public IdentifyController events(int bits) {
        intAt(92, bits);
        return this;
    }

    /** CTRATT: bit 0 128-bit host identifiers, 6 any command counts as keep-alive. */
    public int attributes() {
        return intAt(96);
    }

    public IdentifyController attributes(int bits) {
        intAt(96, bits);
        return this;
    }

    /** CNTRLTYPE. */
    public int type() {
        return byteAt(111);
    }

    public IdentifyController type(int type) {
        byteAt(111, type);
        return this;
    }

    /** OACS: optional admin commands. */
    public int adminCommands() {
        return shortAt(256);
    }

    public IdentifyController adminCommands(int bits) {
        shortAt(256, bits);
        return this;
    }

    /** ACL: concurrent Abort commands, 0-based. */
    public int abortLimit() {
        return byteAt(258);
    }

    public IdentifyController abortLimit(int limit) {
        byteAt(258, limit);
        return this;
    }

    /** AERL: concurrent Asynchronous Event Requests, 0-based. */
    public int eventLimit() {
        return byteAt(259);
    }

    public IdentifyController eventLimit(int limit) {
        byteAt(259, limit);
        return this;
    }

    /** FRMW: bit 0 the first slot is read-only, 3..1 number of slots. */
    public int firmwareSlots() {
        return byteAt(260);
    }

    public IdentifyController firmwareSlots(int bits) {
        byteAt(260, bits);
        return this;
    }

    /** LPA: bit 0 SMART per namespace, 1 commands supported and effects, 2 offsets. */
    public int logAttributes() {
        return byteAt(261);
    }

    public IdentifyController logAttributes(int bits) {
        byteAt(261, bits);
        return this;
    }

    /** ELPE: entries of the error log, 0-based. */
    public int errorEntries() {
        return byteAt(262);
    }

    public IdentifyController errorEntries(int entries) {
        byteAt(262, entries);
        return this;
    }

    /** WCTEMP and CCTEMP: where temperature becomes a warning and critical, in kelvin. */
    public IdentifyController temperatures(int warning, int critical) {
        shortAt(266, warning);
        shortAt(268, critical);
        return this;
    }

    /** KAS: granularity of keep-alive times, in 100 ms. */
    public int keepAlive() {
        return shortAt(320);
    }

    public IdentifyController keepAlive(int granularity) {
        shortAt(320, granularity);
        return this;
    }

    /** ANATT, ANACAP, ANAGRPMAX and NANAGRPID. */
    public IdentifyController access(int transitionSeconds, int capabilities, int maxGroup, int groups) {
        byteAt(342, transitionSeconds);
        byteAt(343, capabilities);
        intAt(344, maxGroup);
        intAt(348, groups);
        return this;
    }

    /** ANATT: how long a change of asymmetric access lasts at most, in seconds. */
    public int accessTransition() {
        return byteAt(342);
    }

    /** ANACAP: bits 4..0 states that are reported. */
    public int accessCapabilities() {
        return byteAt(343);
    }

    /** ANAGRPMAX: the largest group identifier. */
    public int maxAccessGroup() {
        return intAt(344);
    }

    /** NANAGRPID: how many groups there are at most. */
    public int accessGroups() {
        return intAt(348);
    }

    /** SQES and CQES: bits 3..0 required, 7..4 maximum size of queue entries as powers of two. */
    public IdentifyController entrySizes(int submission, int completion) {
        byteAt(512, submission);
        byteAt(513, completion);
        return this;
    }

    /** SQES. */
    public int submissionEntrySizes() {
        return byteAt(512);
    }

    /** CQES. */
    public int completionEntrySizes() {
        return byteAt(513);
    }

    /** MAXCMD: commands that an I/O queue works on at once. */
    public int maxCommands() {
        return shortAt(514);
    }

    public IdentifyController maxCommands(int commands) {
        shortAt(514, commands);
        return this;
    }

    /** NN: the largest namespace identifier. */
    public int namespaces() {
        return intAt(516);
    }

    public IdentifyController namespaces(int largest) {
        intAt(516, largest);
        return this;
    }

    /** ONCS: optional NVM commands, bits of {@code NvmCommand}. */
    public int nvmCommands() {
        return shortAt(520);
    }

    public IdentifyController nvmCommands(int bits) {
        shortAt(520, bits);
        return this;
    }

    /** FUSES: bit 0 Compare and Write may be fused. */
    public int fused() {
        return shortAt(522);
    }

    public IdentifyController fused(int bits) {
        shortAt(522, bits);
        return this;
    }

    /** VWC: bit 0 there is a volatile write cache, 2..1 11b Flush takes FFFFFFFFh for all namespaces. */
    public int writeCache() {
        return byteAt(525);
    }

    public IdentifyController writeCache(int bits) {
        byteAt(525, bits);
        return this;
    }

    /** AWUN, AWUPF and ACWU: what is written in one step, in blocks, 0-based. */
    public IdentifyController atomicity(int normal, int powerFail, int compareAndWrite) {
        shortAt(526, normal);
        shortAt(528, powerFail);
        shortAt(532, compareAndWrite);
        return this;
    }

    /** AWUN. */
    public int atomicBlocks() {
        return shortAt(526);
    }

    /** AWUPF. */
    public int atomicBlocksAtPowerFailure() {
        return shortAt(528);
    }

    /** ACWU. */
    public int atomicCompareBlocks() {
        return shortAt(532);
    }

    /** NWPC: bit 0 hosts may protect namespaces from writes. */
    public int writeProtection() {
        return byteAt(531);
    }

    public IdentifyController writeProtection(int bits) {
        byteAt(531, bits);
        return this;
    }

    /** OCFS: bit n Copy takes descriptor format n. */
    public int copyFormats() {
        return shortAt(534);
    }

    public IdentifyController copyFormats(int bits) {
        shortAt(534, bits);
        return this;
    }

    /** SGLS: bits 1..0 SGLs are taken, 20 with offsets into the capsule, 21 transport data blocks. */
    public int sgls() {
        return intAt(536);
    }

    public IdentifyController sgls(int bits) {
        intAt(536, bits);
        return this;
    }

    /** MNAN: how many namespaces there are at most. */
    public int maxAllowedNamespaces() {
        return intAt(540);
    }

    public IdentifyController maxAllowedNamespaces(int namespaces) {
        intAt(540, namespaces);
        return this;
    }

    /** SUBNQN. */
    public String subsystem() {
        return textAt(SUBSYSTEM, SUBSYSTEM_LENGTH);
    }

    public IdentifyController subsystem(String nqn) {
        textAt(SUBSYSTEM, SUBSYSTEM_LENGTH, nqn, '\0');
        return this;
    }

    /** IOCCSZ and IORCSZ: the sizes of I/O capsules, in units of 16 bytes. */
    public IdentifyController capsules(int command, int response) {
        intAt(1792, command);
        intAt(1796, response);
        return this;
    }

    /** IOCCSZ: 4 for the entry and 1 for each 16 bytes of data. */
    public int commandCapsule() {
        return intAt(1792);
    }

    /** IORCSZ. */
    public int responseCapsule() {
        return intAt(1796);
    }

    /** ICDOFF: where in-capsule data begin, in units of 16 bytes behind the entry. */
    public int capsuleDataOffset() {
        return shortAt(1800);
    }

    /** FCATT: bit 0 static controllers. */
    public int fabricsAttributes() {
        return byteAt(1802);
    }

    public IdentifyController fabricsAttributes(int bits) {
        byteAt(1802, bits);
        return this;
    }

    /** MSDBD: SGL descriptors in a capsule; 0 for no limit. */
    public int maxDescriptors() {
        return byteAt(1803);
    }

    public IdentifyController maxDescriptors(int descriptors) {
        byteAt(1803, descriptors);
        return this;
    }
}
