/**
 * How the Web Services API is spoken, whatever it is about: sessions, the table of endpoints, JSON bodies and their
 * errors, answers, collections. Section numbers in comments are those of the reference of the WSAPI in our notes: 1
 * transport, 2 sessions, 11 queries, 12 names, 14 errors.
 */
@NullMarked
package io.stowage.array.wsapi.rest;

import org.jspecify.annotations.NullMarked;
