package io.heliosctl.remote;

import java.util.Arrays;

/// What becomes of an exception that ends a thread which nobody waits for. When a host's answer comes at the
/// very moment at which its connection is closed, MINA's executor refuses it by an exception that the Java
/// platform does not expect of an executor, and its thread would print a stack trace (apache/mina-sshd#409).
/// Nobody waits for that answer any more. Anything else is printed as if there were no handler.
public final class LateAnswers implements Thread.UncaughtExceptionHandler {

    private static final String EXECUTOR = "org.apache.sshd.common.util.threads.NoCloseExecutor";

    /// For every thread of this process that has no handler of its own.
    public static void ignore() {
        Thread.setDefaultUncaughtExceptionHandler(new LateAnswers());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (!isLate(thrown)) {
            System.err.printf("Exception in thread \"%s\" ", thread.getName());
            thrown.printStackTrace();
        }
    }

    static boolean isLate(Throwable thrown) {
        return thrown instanceof IllegalStateException
                && Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(EXECUTOR)
                                && frame.getMethodName().equals("execute"));
    }
}
