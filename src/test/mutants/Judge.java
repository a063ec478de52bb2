import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs test classes one after the other until a test fails, in a JVM of its own. Prints that test, or nothing.
final class Judge {

    private Judge() {}

    public static void main(String[] classes) {
        for (var name : classes) {
            var killer = killer(name);
            if (killer.isPresent()) {
                System.out.println("killed by `" + killer.get() + "`");
                System.exit(1);
            }
        }
        System.exit(0);
    }

    private static Optional<String> killer(String name) {
        var failed = new Failed();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(name))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, failed);
        return failed.first();
    }

    private static final class Failed implements TestExecutionListener {
        private Optional<String> first = Optional.empty();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && first.isEmpty()) {
                first = Optional.of(test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .map(source -> source.getClassName().replaceFirst(".*\\.", "") + "." + source.getMethodName())
                        .orElse(test.getDisplayName()));
            }
        }

        Optional<String> first() {
            return first;
        }
    }
}
