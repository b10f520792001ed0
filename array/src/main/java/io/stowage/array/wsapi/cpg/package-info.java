/** Common provisioning groups: where volumes take their space from. */
@NullMarked
package io.stowage.array.wsapi.cpg;

import org.jspecify.annotations.NullMarked;
