/**
 * The device server: what SCSI commands do to logical units, whatever the transport. {@link DeviceServer} turns a
 * command into a {@link Plan}; the transport moves the data and chooses the thread. {@link Nexuses} keeps what each
 * initiator still has to be told (unit attentions).
 */
@NullMarked
package io.stowage.array.scsi;

import org.jspecify.annotations.NullMarked;
