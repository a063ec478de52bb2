package io.heliosctl.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One of a few words.
///
/// @param words each word and what it stands for
/// @param refused words that somebody might write all the same, and why they are none of these, as a sentence
public record YamlChoice<T>(Map<String, T> words, List<String> order, Map<String, String> refused)
        implements YamlScalar<T> {

    public YamlChoice {
        words = Map.copyOf(words);
        order = List.copyOf(order);
        refused = Map.copyOf(refused);
    }

    public YamlChoice(Map<String, T> words, List<String> order) {
        this(words, order, Map.of());
    }

    /// The constants of an enum, in lower case.
    public static <E extends Enum<E>> YamlChoice<E> of(Class<E> type) {
        var words = new TreeMap<String, E>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> words.put(word(constant), constant));
        return new YamlChoice<>(
                words,
                Arrays.stream(type.getEnumConstants()).map(YamlChoice::word).toList());
    }

    /// The same without one of the words.
    ///
    /// @param why a sentence
    public YamlChoice<T> refusing(String word, String why) {
        var left = new TreeMap<>(words);
        left.remove(word);
        var reasons = new TreeMap<>(refused);
        reasons.put(word, why);
        return new YamlChoice<>(
                left, order.stream().filter(other -> !other.equals(word)).toList(), reasons);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String rule() {
        return order.size() == 1
                ? order.getFirst()
                : String.join(", ", order.subList(0, order.size() - 1)) + " or " + order.getLast();
    }

    @Override
    public Optional<T> parse(Yaml.Text text) {
        return Optional.ofNullable(words.get(text.value()));
    }

    @Override
    public Advice advice(Yaml.Text text) {
        var question = Spelling.question(text.value(), order);
        return new Advice(
                refused.getOrDefault(text.value(), ""), question.isEmpty() ? "Write " + rule() + "." : question);
    }
}
