package io.heliosctl.step;

/// A step that only looks: it fails or it does not, and there is nothing to take back.
public sealed interface Check extends Step permits SinglePrimary, WriteProbe, Streaming, WalStatus, Buried {

    @Override
    default boolean readsBack() {
        return true;
    }

    @Override
    default Undo undo() {
        return Undo.nothing();
    }
}
