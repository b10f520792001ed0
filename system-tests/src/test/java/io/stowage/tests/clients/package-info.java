/** Other people's clients of LXD's API against our server. */
@org.jspecify.annotations.NullMarked
package io.stowage.tests.clients;
