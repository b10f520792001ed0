/** The stock kernel's initiator against the array, in a virtual machine ({@code vm-rig/}). */
@NullMarked
package io.stowage.tests.kernel;

import org.jspecify.annotations.NullMarked;
