package io.heliosctl.document;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jinjava.javax.el.ExpressionFactory;

/// The one Jinjava, made when first needed (250 ms) and never by `--help`.
final class JinjaEngine {

    private static final Map<Library, Set<String>> DISABLED = Map.of(
            Library.TAG,
            Set.of(
                    "include",
                    "import",
                    "from",
                    "extends",
                    "block",
                    "autoescape",
                    "cycle",
                    "ifchanged",
                    "unless",
                    "print"));

    private JinjaEngine() {}

    /// The rendered text.
    ///
    /// @param values copied already
    /// @throws InvalidDocumentException with every error and warning
    static String render(TemplateScan scan, TemplatePlaces places, Map<String, Object> values) {
        try {
            return within(values, interpreter -> {
                String text = interpreter.render(scan.forJinjava());
                List<Problem> problems = JinjaErrors.problems(interpreter.getErrorsCopy(), places);
                if (!problems.isEmpty()) {
                    throw new InvalidDocumentException(problems);
                }
                return text;
            });
        } catch (InvalidDocumentException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new InvalidDocumentException(
                    places.problem(JinjaFault.syntax("a macro calls itself without end"), "", 0));
        } catch (RuntimeException e) {
            throw new InvalidDocumentException(JinjaErrors.fault(e)
                    .map(places::problem)
                    .orElseGet(() -> places.problem(JinjaErrors.foreign(e.getMessage()), "", line(e))));
        }
    }

    /// The value of an expression.
    ///
    /// @throws JinjaFault if it is wrong
    static Object evaluate(JinjaNode node, Map<String, Object> values) {
        return StrictUndefined.refuse(within(values, node::value));
    }

    private static <T> T within(Map<String, Object> values, Function<JinjavaInterpreter, T> use) {
        Context context = new Context(null, values, DISABLED);
        context.registerTag(new JinjaForTag());
        context.registerTag(new JinjaIfTag());
        context.setExpressionStrategy(new JinjaOutput());
        JinjavaInterpreter interpreter = new JinjavaInterpreter(Made.ENGINE, context, Made.CONFIG);
        try (AutoCloseableImpl<JinjavaInterpreter> current =
                JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            return use.apply(current.value());
        }
    }

    private static int line(RuntimeException e) {
        return e instanceof com.hubspot.jinjava.interpret.InterpretException error ? error.getLineNumber() : 0;
    }

    /// Loaded, and so made, at the first use.
    private static final class Made {

        static final JinjavaConfig CONFIG = JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withParseWhitespaceControlStrictly(true)
                        .withAllowAdjacentTextNodes(true)
                        .withHandleBackslashInQuotesOnly(true)
                        .build())
                // TemplateScan trims.
                .withTrimBlocks(false)
                .withLstripBlocks(false)
                .withKeepTrailingNewline(true)
                .withEnableRecursiveMacroCalls(true)
                .withMaxRenderDepth(10)
                .withMaxOutputSize(JinjaNumbers.LONGEST)
                .withMaxStringLength(JinjaNumbers.LONGEST)
                .build();

        static final Jinjava ENGINE = new Jinjava(CONFIG) {
            private final ExpressionFactory expressions = new JinjaExpressions();

            @Override
            public ExpressionFactory getExpressionFactory() {
                return expressions;
            }
        };

        private Made() {}
    }
}
