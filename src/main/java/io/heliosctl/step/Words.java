package io.heliosctl.step;

import io.heliosctl.document.Quoting;
import java.util.List;
import java.util.stream.Collectors;

/// The words of a command as a person would type them.
final class Words {

    private Words() {}

    static String shown(List<Wording> words) {
        return words.stream()
                .map(word -> word.late() ? word.shown() : Quoting.shell(word.shown()))
                .collect(Collectors.joining(" "));
    }
}
