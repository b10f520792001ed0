/** What tests of all protocols share: a network that holds back, a target's units, contracts. */
@NullMarked
package io.stowage.host.remote;

import org.jspecify.annotations.NullMarked;
