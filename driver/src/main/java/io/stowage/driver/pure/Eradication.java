package io.stowage.driver.pure;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;

/**
 * The second step of deletion. An array in SafeMode refuses it, and the destroyed object goes by itself when the array's
 * delay is over: for us it is gone either way.
 */
final class Eradication {
    private static final System.Logger LOG = System.getLogger(Eradication.class.getName());

    private Eradication() {}

    /** Whether it is gone for good, and its name free. */
    static boolean tryIt(Rest rest, Call eradicate) {
        try {
            rest.run(eradicate);
            return true;
        } catch (ObjectMissing e) {
            return true;
        } catch (ArrayRefused e) {
            LOG.log(System.Logger.Level.INFO, "{0} (it goes when the array''s delay is over)", e.getMessage());
            return false;
        }
    }
}
