package io.stowage.driver.rest;

import io.stowage.web.client.WebResponse;

/** How the arrays of one family answer, as far as the wire has to understand it. */
public interface Dialect {
    /** Whether an answer asks for another try. */
    enum Later {
        /** It is an answer. */
        NO,
        /** Another try may help, and the request was surely not carried out. */
        NOT_DONE,
        /** Another try may help; whether the request was carried out is not known. */
        UNKNOWN
    }

    /** What the arrays are called, as in: What answers there is no <i>FlashArray</i>. */
    String family();

    /** What an answer that is no success says to people. */
    String words(WebResponse answer);

    Later later(WebResponse answer);
}
