package dev.orchestrator.runtime.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The values that are one token of JSON. */
enum ScalarCodec implements ValueCodec {
    /** A text whose empty value means unset. */
    TEXT("string") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof String ? node : null;
        }

        @Override
        public Object zero() {
            return "";
        }

        @Override
        public boolean isEmpty(Object value) {
            return ((String) value).isEmpty();
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text((String) value);
        }
    },
    /** A text whose empty value differs from unset. */
    TEXT_POINTER("string") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof String ? node : null;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text((String) value);
        }
    },
    INT32("int32") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof Long number && number == number.intValue() ? (Object) number.intValue() : null;
        }

        @Override
        public Object zero() {
            return 0;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.number((Integer) value);
        }
    },
    INT64("int64") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof Long ? node : null;
        }

        @Override
        public Object zero() {
            return 0L;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.number((Long) value);
        }
    },
    DOUBLE("float64") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof Number number ? (Object) number.doubleValue() : null;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            double number = (Double) value;
            if (number == Math.rint(number) && Math.abs(number) < LARGEST_PLAIN) {
                out.number((long) number);
            } else {
                out.tree(value);
            }
        }
    },
    BOOL("bool") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof Boolean ? node : null;
        }

        @Override
        public Object zero() {
            return false;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.truth((Boolean) value);
        }
    },
    TIME("string") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof String text
                    ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
                            .parse(text, Instant::from)
                            .truncatedTo(ChronoUnit.SECONDS)
                    : null;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text(((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString());
        }
    },
    MICRO_TIME("string") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof String text ? MicroTime.parse(text) : null;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text(value.toString());
        }
    },
    QUANTITY("string") {
        @Override
        @Nullable
        Object read(Object node) {
            if (node instanceof Number number) {
                return Quantity.parse(YamlScalars.numberText(number));
            }
            return node instanceof String text ? Quantity.parse(text.strip()) : null;
        }

        @Override
        public Object zero() {
            return Quantity.ZERO;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text(value.toString());
        }
    },
    INT_OR_STRING("int32") {
        @Override
        @Nullable
        Object read(Object node) {
            if (node instanceof String text) {
                return IntOrString.of(text);
            }
            return node instanceof Long number && number == number.intValue()
                    ? IntOrString.of(number.intValue())
                    : null;
        }

        @Override
        public Object zero() {
            return IntOrString.of(0);
        }

        @Override
        public void write(Object value, NodeWriter out) {
            var either = (IntOrString) value;
            if (either.isNumber()) {
                out.number(either.number());
            } else {
                out.text(either.text());
            }
        }
    },
    BYTES("[]uint8") {
        @Override
        @Nullable
        Object read(Object node) {
            return node instanceof String text ? Bytes.fromBase64(withoutLineEnds(text)) : null;
        }

        @Override
        public Object zero() {
            return Bytes.of(new byte[0]);
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.text(((Bytes) value).toBase64());
        }
    },
    /** Any JSON at all. */
    RAW("interface {}") {
        @Override
        Object read(Object node) {
            return node;
        }

        @Override
        public Object zero() {
            return JsonNull.NULL;
        }

        @Override
        public void write(Object value, NodeWriter out) {
            out.tree(value);
        }
    };

    /** From here on Go writes whole numbers with an exponent, too. */
    private static final double LARGEST_PLAIN = 1e15;

    private static final Map<Class<?>, ScalarCodec> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(int.class, INT32),
            Map.entry(Integer.class, INT32),
            Map.entry(long.class, INT64),
            Map.entry(Long.class, INT64),
            Map.entry(Double.class, DOUBLE),
            Map.entry(boolean.class, BOOL),
            Map.entry(Boolean.class, BOOL),
            Map.entry(Instant.class, TIME),
            Map.entry(MicroTime.class, MICRO_TIME),
            Map.entry(Quantity.class, QUANTITY),
            Map.entry(IntOrString.class, INT_OR_STRING),
            Map.entry(Bytes.class, BYTES),
            Map.entry(Object.class, RAW));

    private final String goType;

    ScalarCodec(String goType) {
        this.goType = goType;
    }

    static @Nullable ScalarCodec of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    /** {@return the value; null when the node is of another type} */
    abstract @Nullable Object read(Object node);

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        try {
            Object value = read(node);
            if (value == null) {
                decoding.mismatch(node, goType);
            }
            return value;
        } catch (DateTimeException notATime) {
            decoding.fail(GoErrors.time((String) node));
        } catch (IllegalArgumentException malformed) {
            decoding.fail(this == BYTES ? GoErrors.base64((String) node) : String.valueOf(malformed.getMessage()));
        }
        return null;
    }

    @Override
    public @Nullable Object zero() {
        return null;
    }

    @Override
    public boolean isEmpty(Object value) {
        return false;
    }

    @Override
    public String goType() {
        return goType;
    }

    private static String withoutLineEnds(String base64) {
        return base64.indexOf('\n') < 0 && base64.indexOf('\r') < 0
                ? base64
                : base64.replace("\n", "").replace("\r", "");
    }
}
