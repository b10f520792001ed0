package io.stowage.array.flasharray.filter;

import io.stowage.array.flasharray.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Lexer {
    /** Longer than any URL that the array's web server takes. */
    private static final int LONGEST = 64 * 1024;

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidFilter("Invalid filter: it is longer than " + LONGEST + " characters.");
        }
        return new Lexer(text).tokens();
    }

    private List<Token> tokens() {
        var tokens = new ArrayList<Token>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        var c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return string(c);
        }
        return isWordPart(c) ? word() : symbol();
    }

    private Token string(char quote) {
        var start = at++;
        var content = new StringBuilder();
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == quote) {
                return new Token(Kind.STRING, content.toString(), start);
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            content.append(c);
        }
        throw new InvalidFilter("Invalid filter: the string that begins at position " + start + " has no end.");
    }

    private Token word() {
        var start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(start, at), start);
    }

    private Token symbol() {
        var start = at;
        var two = text.substring(at, Math.min(at + 2, text.length()));
        var one = text.substring(at, at + 1);
        if (two.length() == 2 && Operator.of(two).isPresent()) {
            at += 2;
            return new Token(Kind.SYMBOL, two, start);
        }
        if (Operator.of(one).isPresent() || "(),[]".contains(one)) {
            at++;
            return new Token(Kind.SYMBOL, one, start);
        }
        throw new InvalidFilter("Invalid filter: unexpected character at position " + start + ".");
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }
}
