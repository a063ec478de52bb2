package io.heliosctl.postgres;

/// What another server lacks of one segment.
///
/// @param name of the segment
/// @param offset how many bytes of it that server has already; where it has none it is given all of the segment
/// @param length how many bytes it lacks
record WalCut(String name, long offset, long length) {

    /// @param end of what is known to be valid
    static WalCut of(String name, long offset, long end, long segmentSize) {
        return new WalCut(name, offset, (offset == 0 ? segmentSize : Math.min(end, segmentSize)) - offset);
    }

    /// Whether the other server has begun the segment.
    boolean isBegun() {
        return offset > 0;
    }
}
