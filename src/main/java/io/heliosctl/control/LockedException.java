package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.Optional;

/// Another run holds the lock of this cluster.
public final class LockedException extends ProblemException {

    private static final long serialVersionUID = 1;

    private final String where;
    private final String line;

    /// @param where the host whose lock it is
    /// @param line what is written into it
    public LockedException(String where, Optional<LockHolder> holder, String line) {
        super(Problem.error("locked", "another run works on this cluster")
                .detail(holder.map(LockHolder::run).orElse(line)));
        this.where = where;
        this.line = line;
    }

    public String where() {
        return where;
    }

    /// Who it is; empty if what is written there cannot be read.
    public Optional<LockHolder> holder() {
        return LockHolder.parse(line);
    }

    /// What is written there.
    public String line() {
        return line;
    }
}
