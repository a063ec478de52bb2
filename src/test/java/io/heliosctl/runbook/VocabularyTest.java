package io.heliosctl.runbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.step.Step;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The words of runbooks and the records of steps are the same vocabulary.
class VocabularyTest {

    /// Steps that are only ever made to take another one back.
    private static final Set<String> ONLY_UNDO = Set.of("unconfigure", "unfence", "unfollow");

    @Test
    void thereIsOneVerbForEachStep() {
        var steps = new TreeSet<String>();
        records(Step.class).map(VocabularyTest::word).forEach(steps::add);
        steps.removeAll(ONLY_UNDO);

        assertEquals(steps, new TreeSet<>(Verbs.NAMES));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(VocabularyTest::records);
    }

    private static String word(Class<?> step) {
        return step.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
