package io.heliosctl.remote;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/// A program on a host that stays, with its streams. Closing it closes the channel; the program sees end of
/// file.
public interface Coprocess extends AutoCloseable {

    OutputStream input();

    InputStream output();

    InputStream errors();

    /// Its exit status, once it has ended and said so.
    OptionalInt status();

    boolean isOpen();

    @Override
    void close();
}
