/// One SSH connection per host, kept open: commands, files, Unix sockets. The only package that knows MINA
/// SSHD.
package io.heliosctl.remote;
