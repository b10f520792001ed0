/**
 * The PDUs of RFC 7143 as records: each has a static {@code parse} and an instance {@code write} over the 48 bytes of
 * the basic header segment, with one table of offsets for both. Data segments stay beside the records as buffers.
 *
 * <p>Sequence numbers are 32-bit serial numbers and kept as {@code int}; compare them with {@link SerialNumber} only.
 * Begin with {@link InitiatorPdu#parse} and {@link TargetPdu#parse}.
 */
@NullMarked
package io.stowage.iscsi.pdu;

import org.jspecify.annotations.NullMarked;
