package io.heliosctl.bed;

/// Something that is broken until it is closed. [HostsBed#reset()] mends it as well.
@FunctionalInterface
public interface Fault extends AutoCloseable {

    @Override
    void close();
}
