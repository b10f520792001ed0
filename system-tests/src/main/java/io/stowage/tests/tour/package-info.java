/** The main job as a guided tour, and as a scenario that tests run. */
@NullMarked
package io.stowage.tests.tour;

import org.jspecify.annotations.NullMarked;
