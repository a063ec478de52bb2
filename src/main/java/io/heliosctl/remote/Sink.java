package io.heliosctl.remote;

/// Where the bytes of one stream of a channel go.
interface Sink {

    /// Takes all the bytes at once, without waiting.
    ///
    /// @return how many of them are done with, so that the host may send as many again
    int accept(byte[] bytes, int offset, int length);

    /// There will be no more.
    void end();
}
