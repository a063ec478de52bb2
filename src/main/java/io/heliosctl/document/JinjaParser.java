package io.heliosctl.document;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.Scanner.Token;

/// Python Jinja2's expression grammar (its `parser.py`) on Jinjava's scanner. Jinjava's own grammar coerces
/// types, takes null for undefined and knows filters only when it meets them; here those are found when the
/// template is read.
final class JinjaParser extends ExtendedParser {

    private static final Map<String, String> FOREIGN = Map.of(
            "=", "Write == to compare.",
            "!", "Write not.",
            "&&", "Write and.",
            "||", "Write or.",
            "?", "Write: yes if condition else no.");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private JinjaParser(String expression) {
        super(new ExtendedSyntaxBuilder(), "#{" + expression + "}");
    }

    /// @throws JinjaFault if it is no expression, or names an unknown filter or test
    static JinjaNode parse(String expression) {
        try {
            JinjaParser parser = new JinjaParser(expression);
            parser.next();
            parser.next();
            JinjaNode node = parser.choice();
            if (parser.symbol() != Symbol.END_EVAL) {
                throw parser.unexpected();
            }
            return node;
        } catch (JinjaFault fault) {
            throw fault.in(expression, 0);
        }
    }

    private JinjaNode choice() {
        JinjaNode value = or();
        while (take("if")) {
            JinjaNode condition = or();
            Optional<JinjaNode> otherwise = take("else") ? Optional.of(choice()) : Optional.empty();
            value = new JinjaChoice(condition, value, otherwise);
        }
        return value;
    }

    private JinjaNode or() {
        JinjaNode left = and();
        while (take("or")) {
            JinjaNode one = left;
            JinjaNode other = and();
            left = scope -> {
                Object value = one.value(scope);
                return JinjaOperators.truth(value) ? value : StrictUndefined.refuse(other.value(scope));
            };
        }
        return left;
    }

    private JinjaNode and() {
        JinjaNode left = not();
        while (take("and")) {
            JinjaNode one = left;
            JinjaNode other = not();
            left = scope -> {
                Object value = one.value(scope);
                return JinjaOperators.truth(value) ? StrictUndefined.refuse(other.value(scope)) : value;
            };
        }
        return left;
    }

    private JinjaNode not() {
        if (take("not")) {
            JinjaNode negated = not();
            return scope -> !JinjaOperators.truth(negated.value(scope));
        }
        return comparison();
    }

    private JinjaNode comparison() {
        JinjaNode first = sum();
        List<JinjaComparison.Link> links = new ArrayList<>();
        while (true) {
            if (COMPARISONS.contains(image())) {
                links.add(new JinjaComparison.Link(next(), sum()));
            } else if (take("in")) {
                links.add(new JinjaComparison.Link("in", sum()));
            } else if (image().equals("not") && ahead().equals("in")) {
                next();
                next();
                links.add(new JinjaComparison.Link("not in", sum()));
            } else {
                return links.isEmpty() ? first : new JinjaComparison(first, links);
            }
        }
    }

    private JinjaNode sum() {
        JinjaNode left = concatenation();
        while (true) {
            JinjaNode one = left;
            if (take("+")) {
                JinjaNode other = concatenation();
                left = scope -> JinjaOperators.add(one.value(scope), other.value(scope));
            } else if (take("-")) {
                JinjaNode other = concatenation();
                left = scope -> JinjaNumbers.subtract(one.value(scope), other.value(scope));
            } else {
                return left;
            }
        }
    }

    private JinjaNode concatenation() {
        JinjaNode left = product();
        while (take("~")) {
            JinjaNode one = left;
            JinjaNode other = product();
            left = scope -> JinjaOperators.concatenate(one.value(scope), other.value(scope));
        }
        return left;
    }

    private JinjaNode product() {
        JinjaNode left = power();
        while (true) {
            JinjaNode one = left;
            if (take("*")) {
                JinjaNode other = power();
                left = scope -> JinjaOperators.multiply(one.value(scope), other.value(scope));
            } else if (take("/")) {
                JinjaNode other = power();
                left = scope -> JinjaNumbers.divide(one.value(scope), other.value(scope));
            } else if (take("//")) {
                JinjaNode other = power();
                left = scope -> JinjaNumbers.floorDivide(one.value(scope), other.value(scope));
            } else if (take("%")) {
                JinjaNode other = power();
                left = scope -> JinjaNumbers.modulo(one.value(scope), other.value(scope));
            } else {
                return left;
            }
        }
    }

    private JinjaNode power() {
        JinjaNode left = operand(true);
        while (take("**")) {
            JinjaNode one = left;
            JinjaNode other = operand(true);
            left = scope -> JinjaNumbers.power(one.value(scope), other.value(scope));
        }
        return left;
    }

    private JinjaNode operand(boolean filtered) {
        JinjaNode node;
        if (take("-")) {
            JinjaNode operand = operand(false);
            node = scope -> JinjaNumbers.negate(operand.value(scope));
        } else if (take("+")) {
            node = operand(false);
        } else {
            node = JinjaOperand.parse(this);
        }
        return filtered ? JinjaFiltered.parse(this, node) : node;
    }

    /// `(a, b, name=c)`, from the opening bracket to the closing one.
    JinjaParameters parameters() {
        List<JinjaNode> positional = new ArrayList<>();
        Map<String, JinjaNode> named = new LinkedHashMap<>();
        expect("(");
        while (!take(")")) {
            if (symbol() == Symbol.IDENTIFIER && ahead().equals(NamedParameterOperator.TOKEN.getImage())) {
                String name = next();
                next();
                named.put(name, choice());
            } else if (named.isEmpty()) {
                positional.add(choice());
            } else {
                throw JinjaFault.syntax("an argument without a name after one with a name")
                        .about(image());
            }
            if (!image().equals(")")) {
                expect(",");
            }
        }
        return new JinjaParameters(positional, named);
    }

    /// A whole expression inside another one.
    JinjaNode inner() {
        return choice();
    }

    String image() {
        return symbol() == Symbol.EOF ? "" : getToken().getImage();
    }

    Symbol symbol() {
        return getToken().getSymbol();
    }

    /// Whether the token is a name, such as `port`, or one of JUEL's words that are names in Jinja, such as
    /// `empty`.
    boolean atName() {
        return switch (symbol()) {
            case IDENTIFIER -> true;
            case EMPTY, DIV, MOD, LE, LT, GE, GT, EQ, NE, INSTANCEOF, NULL -> Character.isLetter(image().charAt(0));
            default -> false;
        };
    }

    /// Goes on if the token is a sign or word that reads so; the text `"if"` is not the word `if`.
    boolean take(String image) {
        if (symbol() != Symbol.STRING && image().equals(image)) {
            next();
            return true;
        }
        return false;
    }

    void expect(String image) {
        if (!take(image)) {
            throw unexpected().detail("A \"" + image + "\" was expected.");
        }
    }

    /// The token's text; goes on to the next one.
    String next() {
        try {
            Token token = consumeToken();
            return token == null ? "" : token.getImage();
        } catch (ScanException | ParseException e) {
            throw scanFault(e);
        }
    }

    private String ahead() {
        try {
            Token token = lookahead(0);
            return token.getImage() == null ? "" : token.getImage();
        } catch (ScanException | ParseException e) {
            throw scanFault(e);
        }
    }

    private static JinjaFault scanFault(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.contains("unterminated string")) {
            return JinjaFault.syntax("a quote is not closed");
        }
        return JinjaFault.syntax("this is not an expression").detail("The scanner says: " + message + ".");
    }

    JinjaFault unexpected() {
        if (symbol() == Symbol.END_EVAL || symbol() == Symbol.EOF) {
            return JinjaFault.syntax("the expression ends too early");
        }
        return JinjaFault.syntax("unexpected \"" + image() + "\" in an expression")
                .hint(FOREIGN.getOrDefault(image(), ""))
                .about(image());
    }
}
