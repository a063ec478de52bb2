package io.heliosctl.bed;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.heliosctl.bed.Host.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// One command in a container, as `docker exec -i` runs it.
final class Execution extends ResultCallback.Adapter<Frame> {

    private static final int LIMIT_SECONDS = 150;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Execution() {}

    /// Runs it to its end. Docker does not pass on the end of the input: the command must know how much it
    /// reads.
    ///
    /// @throws IllegalStateException if it does not end in time
    static Output run(DockerClient docker, String container, byte[] input, String... words) {
        String id = docker.execCreateCmd(container)
                .withAttachStdin(input.length > 0)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(words)
                .exec()
                .getId();
        Execution execution = new Execution();
        try (execution) {
            docker.execStartCmd(id).withStdIn(new ByteArrayInputStream(input)).exec(execution);
            if (!execution.awaitCompletion(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no answer within " + LIMIT_SECONDS + " s: " + String.join(" ", words));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Long status = docker.inspectExecCmd(id).exec().getExitCodeLong();
        return new Output(
                status == null ? -1 : status.intValue(),
                execution.output.toString(StandardCharsets.UTF_8),
                execution.errors.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void onNext(Frame frame) {
        (frame.getStreamType() == StreamType.STDERR ? errors : output).writeBytes(frame.getPayload());
    }
}
