package dev.orchestrator.runtime.kubelet.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Replaces {@code $(NAME)} by the value of a variable; {@code $$} stands for a dollar sign, an unknown name for itself.
 */
public final class Expansion {

    private Expansion() {}

    /** {@return each text with its references replaced; the same list when there are none} */
    public static List<String> expand(List<String> texts, Map<String, String> variables) {
        boolean isPlain = true;
        for (String text : texts) {
            isPlain &= text.indexOf('$') < 0;
        }
        if (isPlain) {
            return texts;
        }
        var expanded = new ArrayList<String>(texts.size());
        for (String text : texts) {
            expanded.add(expand(text, variables));
        }
        return expanded;
    }

    /** {@return the text with its references replaced} */
    public static String expand(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        var expanded = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf('$'); at >= 0 && at + 1 < text.length(); at = text.indexOf('$', from)) {
            expanded.append(text, from, at);
            char next = text.charAt(at + 1);
            int close = next == '(' ? text.indexOf(')', at + 2) : -1;
            if (next == '$') {
                expanded.append('$');
                from = at + 2;
            } else if (close >= 0) {
                String name = text.substring(at + 2, close);
                String value = variables.get(name);
                expanded.append(value == null ? "$(" + name + ")" : value);
                from = close + 1;
            } else {
                expanded.append('$').append(next);
                from = at + 2;
            }
        }
        return expanded.append(text, Math.min(from, text.length()), text.length())
                .toString();
    }
}
