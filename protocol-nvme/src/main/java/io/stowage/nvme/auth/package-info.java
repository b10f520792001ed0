/**
 * DH-HMAC-CHAP, by which hosts and controllers prove to one another that they know a key: messages and arithmetic, without
 * I/O. Begin with {@link io.stowage.nvme.auth.Proof}. Base 2.0, section 8.13.
 */
@NullMarked
package io.stowage.nvme.auth;

import org.jspecify.annotations.NullMarked;
