package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;

/** Values as they are written in texts: numbers in decimal or hex, Yes and No. RFC 7143, section 6.1. */
final class ValueFormat {
    /** Smallest length that can be negotiated. RFC 7143, sections 13.12 to 13.14. */
    static final int MIN_LENGTH = 512;

    /** Largest length that can be negotiated: 2^24-1. */
    static final int MAX_LENGTH = 0xFF_FFFF;

    private static final int MAX_DIGITS = 10;

    private ValueFormat() {}

    static int number(KeyValue pair, int min, int max) throws LoginFailure {
        String text = pair.value();
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        String digits = hex ? text.substring(2) : text;
        if (!digits.isEmpty() && digits.length() <= MAX_DIGITS && isDigits(digits, hex ? 16 : 10)) {
            long value = Long.parseLong(digits, hex ? 16 : 10);
            if (value >= min && value <= max) {
                return (int) value;
            }
        }
        throw invalid(pair, "must be a number from " + min + " to " + max);
    }

    static boolean yesOrNo(KeyValue pair) throws LoginFailure {
        return switch (pair.value()) {
            case Keys.YES -> true;
            case Keys.NO -> false;
            default -> throw invalid(pair, "must be Yes or No");
        };
    }

    static String of(boolean yes) {
        return yes ? Keys.YES : Keys.NO;
    }

    static LoginFailure invalid(KeyValue pair, String allowed) {
        return new LoginFailure(
                LoginStatus.INITIATOR_ERROR,
                "Invalid value \"%s\" for %s: %s".formatted(pair.value(), pair.key(), allowed));
    }

    private static boolean isDigits(String text, int radix) {
        return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    }
}
