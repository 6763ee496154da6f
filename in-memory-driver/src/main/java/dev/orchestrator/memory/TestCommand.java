package dev.orchestrator.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.orchestrator.memory.ContainerCommand.Call;

/** The command {@code test}, also called {@code [}: one condition on a file, a text or a number. */
final class TestCommand {

    private static final int MALFORMED = 2;

    private TestCommand() {}

    static int run(Call call) throws IOException {
        List<String> words = Commands.operands(call);
        if (call.arguments().get(0).equals("[")) {
            if (words.isEmpty() || !words.get(words.size() - 1).equals("]")) {
                call.err().print("[: missing ]\n");
                return MALFORMED;
            }
            words = words.subList(0, words.size() - 1);
        }
        boolean negated = words.size() > 1 && words.get(0).equals("!");
        int code = evaluate(call, negated ? words.subList(1, words.size()) : words);
        return negated && code < MALFORMED ? 1 - code : code;
    }

    private static int evaluate(Call call, List<String> words) throws IOException {
        return switch (words.size()) {
            case 0 -> 1;
            case 1 -> code(!words.get(0).isEmpty());
            case 2 -> one(call, words.get(0), words.get(1));
            case 3 -> two(call, words.get(0), words.get(1), words.get(2));
            default -> malformed(call, "too many arguments");
        };
    }

    private static int one(Call call, String operator, String operand) throws IOException {
        return switch (operator) {
            case "-n" -> code(!operand.isEmpty());
            case "-z" -> code(operand.isEmpty());
            case "-e", "-r", "-w" -> code(Files.exists(file(call, operand)));
            case "-f" -> code(Files.isRegularFile(file(call, operand)));
            case "-d" -> code(Files.isDirectory(file(call, operand)));
            case "-s" -> code(Files.exists(file(call, operand)) && Files.size(file(call, operand)) > 0);
            default -> malformed(call, operator + ": unknown operand");
        };
    }

    private static Path file(Call call, String name) {
        return call.container().path(name);
    }

    private static int two(Call call, String left, String operator, String right) {
        if (operator.equals("=") || operator.equals("==")) {
            return code(left.equals(right));
        }
        if (operator.equals("!=")) {
            return code(!left.equals(right));
        }
        try {
            int order = Long.compare(Long.parseLong(left), Long.parseLong(right));
            return switch (operator) {
                case "-eq" -> code(order == 0);
                case "-ne" -> code(order != 0);
                case "-lt" -> code(order < 0);
                case "-le" -> code(order <= 0);
                case "-gt" -> code(order > 0);
                case "-ge" -> code(order >= 0);
                default -> malformed(call, operator + ": unknown operand");
            };
        } catch (NumberFormatException e) {
            return malformed(call, "bad number");
        }
    }

    private static int code(boolean holds) {
        return holds ? 0 : 1;
    }

    private static int malformed(Call call, String problem) {
        call.err().print("sh: " + problem + "\n");
        return MALFORMED;
    }
}
