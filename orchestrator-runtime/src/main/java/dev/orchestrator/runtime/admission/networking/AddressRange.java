package dev.orchestrator.runtime.admission.networking;

import java.math.BigInteger;
import java.util.List;

import com.google.common.net.InetAddresses;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses such as {@code 10.0.0.0/8}.
 *
 * @param prefix the leading bits that all its addresses share
 * @param length how many bits those are
 * @param width how many bits an address has
 */
record AddressRange(BigInteger prefix, int length, int width) {

    /** {@return the range, or null after reporting what is wrong with it} */
    static @Nullable AddressRange parse(String text, FieldPath path, FieldErrors errors) {
        List<String> wrong = Addresses.range(text);
        errors.invalid(path, text, wrong);
        if (!wrong.isEmpty()) {
            return null;
        }
        int slash = text.indexOf('/');
        byte[] bytes = InetAddresses.forString(text.substring(0, slash)).getAddress();
        int width = Byte.SIZE * bytes.length;
        int length = Integer.parseInt(text.substring(slash + 1));
        return new AddressRange(new BigInteger(1, bytes).shiftRight(width - length), length, width);
    }

    boolean strictlyContains(AddressRange other) {
        return width == other.width
                && length < other.length
                && other.prefix.shiftRight(other.length - length).equals(prefix);
    }
}
