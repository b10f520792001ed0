/**
 * The login of RFC 7143, sections 6 and 13, for both sides and without I/O: {@link TargetLogin} answers requests,
 * {@link InitiatorLogin} makes them, {@link SessionParameters} is the outcome. {@link SecurityStage} is where
 * authentication goes. {@link KeyText} also serves text requests, {@link SendTargets} their answer.
 */
@NullMarked
package io.stowage.iscsi.login;

import org.jspecify.annotations.NullMarked;
