package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The data of Reservation Report in its extended form, for hosts with identifiers of 128 bits. Base 2.0, figures 407 and
 * 410.
 *
 * @param generation counts changes of registrations
 * @param type of the reservation as in {@link ReservationKeys}; 0 if there is none
 * @param persists PTPLS: registrations outlive a loss of power
 */
public record ReservationReport(int generation, int type, boolean persists, List<Registered> all) {
    /** CDW11: the extended form is asked for. */
    public static final int EXTENDED = 1;

    /** CNTLID of hosts whose controllers are made as they connect. */
    public static final int DYNAMIC = 0xFFFF;

    private static final int HEADER = 64;
    private static final int ENTRY = 64;
    private static final int HOST_ID = 16;

    public ReservationReport {
        all = List.copyOf(all);
    }

    /**
     * A registrant.
     *
     * @param controller its identifier, or {@link #DYNAMIC}
     * @param holder whether it holds the reservation
     * @param host the 32 digits of its identifier
     */
    public record Registered(int controller, boolean holder, long key, String host) {}

    /** All of it, position 0. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + ENTRY * all.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, generation)
                .put(4, (byte) type)
                .putShort(5, (short) all.size())
                .put(9, (byte) (persists ? 1 : 0));
        int at = HEADER;
        for (Registered each : all) {
            out.putShort(at, (short) each.controller()).put(at + 2, (byte) (each.holder() ? 1 : 0));
            out.putLong(at + 8, each.key()).put(at + 16, HexFormat.of().parseHex(each.host()));
            at += ENTRY;
        }
        return out;
    }

    /**
     * Reads as many registrants as there are whole ones.
     *
     * @throws IndexOutOfBoundsException fewer than 64 bytes
     */
    public static ReservationReport parse(ByteBuffer data) {
        ByteBuffer in = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        int number = Short.toUnsignedInt(in.getShort(5));
        List<Registered> all = new ArrayList<>();
        for (int at = HEADER; all.size() < number && at + ENTRY <= in.limit(); at += ENTRY) {
            byte[] host = new byte[HOST_ID];
            in.get(at + 16, host);
            all.add(new Registered(
                    Short.toUnsignedInt(in.getShort(at)),
                    (in.get(at + 2) & 1) != 0,
                    in.getLong(at + 8),
                    HexFormat.of().formatHex(host)));
        }
        return new ReservationReport(in.getInt(0), in.get(4), in.get(9) != 0, all);
    }
}
