package dev.orchestrator.runtime.store.disk;

import dev.orchestrator.api.model.Resource;

/** How objects are written to files. */
public interface ObjectFormat {

    /** {@return an object as text in UTF-8, on one line and without a byte of zero} */
    byte[] write(Resource object);

    /**
     * {@return the object that was written so}
     *
     * @throws RuntimeException if it is none
     */
    Resource read(byte[] text);
}
