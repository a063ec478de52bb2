package io.heliosctl.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.IntPredicate;

/// A file on a disk that fails when it is told to. A write that fails has written half of its bytes.
final class FaultyChannel extends FileChannel {

    private final FileChannel disk;
    private final IntPredicate failsWrite;
    private final IntPredicate failsForce;
    private int writes;
    private int forces;

    FaultyChannel(FileChannel disk, IntPredicate failsWrite, IntPredicate failsForce) {
        this.disk = disk;
        this.failsWrite = failsWrite;
        this.failsForce = failsForce;
    }

    int writes() {
        return writes;
    }

    int forces() {
        return forces;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        if (failsWrite.test(writes++)) {
            disk.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
            throw new IOException("No space left on device");
        }
        return disk.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (failsForce.test(forces++)) {
            throw new IOException("Input/output error");
        }
        disk.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return disk.truncate(size);
    }

    @Override
    public long size() throws IOException {
        return disk.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        disk.close();
    }

    @Override
    public int read(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
