package io.heliosctl.document;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// A whole decimal number, without quotes. What YAML 1.1 would also take for a number is refused with what to
/// write.
///
/// @param least the smallest that fits
/// @param most the largest that fits
public record YamlWhole(int least, int most) implements YamlScalar<Integer> {

    private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,9}");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0+([0-9]+)");
    private static final Pattern PREFIXED = Pattern.compile("0[xXoObB][0-9a-fA-F_]{1,12}");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9]+(:[0-9]+)+");
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]+([_,' ][0-9]+)+");
    private static final Pattern FRACTION = Pattern.compile("([0-9]+)\\.0*");

    @Override
    public String rule() {
        return "a whole number from " + least + " to " + most;
    }

    @Override
    public Optional<Integer> parse(Yaml.Text text) {
        return text.quoted() ? Optional.empty() : parse(text.value());
    }

    /// The number a text stands for, if it is one and fits.
    public Optional<Integer> parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number < least || number > most ? Optional.empty() : Optional.of((int) number);
    }

    @Override
    public Advice advice(Yaml.Text text) {
        var value = text.value();
        if (text.quoted()) {
            return parse(value).isPresent() ? new Advice("Quotes make it text.", write(value)) : decimal();
        }
        var zero = LEADING_ZERO.matcher(value);
        if (zero.matches()) {
            return new Advice("A number with a leading 0 is octal to some YAML readers.", write(zero.group(1)));
        }
        if (PREFIXED.matcher(value).matches()) {
            return new Advice("Only decimal numbers are read.", prefixed(value));
        }
        if (BASE_60.matcher(value).matches()) {
            return new Advice("Digits with a colon are a number to base 60 to some YAML readers.", "Write one number.");
        }
        if (GROUPED.matcher(value).matches()) {
            return new Advice("Digits are not grouped.", write(value.replaceAll("[^0-9-]", "")));
        }
        var fraction = FRACTION.matcher(value);
        return fraction.matches() ? new Advice("", write(fraction.group(1))) : decimal();
    }

    private static Advice decimal() {
        return new Advice("", "Write a number in that range, in digits.");
    }

    private static String prefixed(String value) {
        int radix = switch (Character.toLowerCase(value.charAt(1))) {
            case 'x' -> 16;
            case 'o' -> 8;
            default -> 2;
        };
        try {
            return write(new BigInteger(value.substring(2).replace("_", ""), radix).toString());
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static String write(String number) {
        return "Write " + number + ".";
    }
}
