package io.stowage.array.flasharray.filter;

/**
 * A piece of an expression.
 *
 * @param text without quotes and escapes
 * @param at index of its first character in the expression
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        /** A word: a field, a keyword, a number or a truth value. */
        WORD,
        /** A quoted text. */
        STRING,
        /** An operator, a parenthesis, a comma. */
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
}
