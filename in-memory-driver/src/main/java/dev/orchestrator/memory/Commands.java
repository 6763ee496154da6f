package dev.orchestrator.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.orchestrator.memory.ContainerCommand.Call;
import org.jspecify.annotations.Nullable;

/** The commands that every container has: a few that probes and hooks use, on its files and environment. */
final class Commands {

    private static final int SIGNALLED = 2;

    private Commands() {}

    /** {@return the built-in command of a name or path; null if there is none} */
    static @Nullable ContainerCommand find(Container container, String name) {
        String base = name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
        ContainerCommand registered = container.commands().get(base);
        return registered != null ? registered : builtIn(container, base);
    }

    private static @Nullable ContainerCommand builtIn(Container container, String name) {
        return switch (name) {
            case "true", ":" -> call -> 0;
            case "false" -> call -> 1;
            case "echo" -> Commands::echo;
            case "env" -> Commands::env;
            case "printenv" -> Commands::printenv;
            case "cat" -> Commands::cat;
            case "ls" -> Commands::ls;
            case "pwd" ->
                call -> print(call, ContainerFiles.normalized(((ProcessContext) call.container()).absolute(".")));
            case "hostname" -> call -> print(call, call.container().hostname());
            case "sleep" -> Commands::sleep;
            case "test", "[" -> TestCommand::run;
            case "touch" -> Commands::touch;
            case "mkdir" -> Commands::mkdir;
            case "rm" -> Commands::rm;
            case "kill" -> call -> kill(container, call);
            case "sh", "bash", "ash" -> call -> Shell.run(container, call);
            default -> null;
        };
    }

    private static int print(Call call, String text) {
        call.out().print(text + "\n");
        return 0;
    }

    private static int complain(Call call, String text) {
        call.err().print(call.arguments().get(0) + ": " + text + "\n");
        return 1;
    }

    static List<String> operands(Call call) {
        return call.arguments().subList(1, call.arguments().size());
    }

    private static int echo(Call call) {
        var words = operands(call);
        boolean open = !words.isEmpty() && words.get(0).equals("-n");
        call.out().print(String.join(" ", open ? words.subList(1, words.size()) : words) + (open ? "" : "\n"));
        return 0;
    }

    private static int env(Call call) {
        new TreeMap<>(call.container().env()).forEach((name, value) -> print(call, name + "=" + value));
        return 0;
    }

    private static int printenv(Call call) {
        if (operands(call).isEmpty()) {
            return env(call);
        }
        Map<String, String> env = call.container().env();
        int code = 0;
        for (String name : operands(call)) {
            String value = env.get(name);
            code = value == null ? 1 : code | print(call, value);
        }
        return code;
    }

    private static int cat(Call call) throws IOException {
        if (operands(call).isEmpty()) {
            call.in().transferTo(call.out());
            return 0;
        }
        int code = 0;
        for (String name : operands(call)) {
            Path file = call.container().path(name);
            if (name.equals("-")) {
                call.in().transferTo(call.out());
            } else if (Files.isDirectory(file)) {
                code = complain(call, name + ": Is a directory");
            } else if (!Files.exists(file)) {
                code = complain(call, name + ": No such file or directory");
            } else {
                Files.copy(file, call.out());
            }
        }
        call.out().flush();
        return code;
    }

    private static int ls(Call call) throws IOException {
        var names = operands(call).stream()
                .filter(operand -> !operand.startsWith("-"))
                .toList();
        boolean all = operands(call).stream().anyMatch(operand -> operand.matches("-[a-zA-Z0-9]*[aA][a-zA-Z0-9]*"));
        int code = 0;
        for (String name : names.isEmpty() ? List.of(".") : names) {
            Path file = call.container().path(name);
            if (!Files.exists(file)) {
                call.err().print("ls: " + name + ": No such file or directory\n");
                code = 1;
            } else if (Files.isDirectory(file)) {
                try (Stream<Path> entries = Files.list(file)) {
                    entries.map(entry -> String.valueOf(entry.getFileName()))
                            .filter(entry -> all || !entry.startsWith("."))
                            .sorted()
                            .forEach(entry -> print(call, entry));
                }
            } else {
                print(call, name);
            }
        }
        return code;
    }

    private static int sleep(Call call) throws InterruptedException {
        if (operands(call).isEmpty()) {
            return complain(call, "missing operand");
        }
        Duration total = Duration.ZERO;
        for (String text : operands(call)) {
            if (!text.matches("[0-9]*\\.?[0-9]+[smhd]?")) {
                return complain(call, "invalid time interval '" + text + "'");
            }
            char unit = text.charAt(text.length() - 1);
            double number = Double.parseDouble(Character.isLetter(unit) ? text.substring(0, text.length() - 1) : text);
            int seconds = switch (unit) {
                case 'm' -> 60;
                case 'h' -> 3600;
                case 'd' -> 86400;
                default -> 1;
            };
            total = total.plusMillis(Math.round(number * seconds * 1000));
        }
        call.container().sleep(total);
        return 0;
    }

    private static int touch(Call call) throws IOException {
        for (String name : operands(call)) {
            Path file = call.container().path(name);
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        }
        return 0;
    }

    private static int mkdir(Call call) throws IOException {
        for (String name : operands(call)) {
            if (!name.startsWith("-")) {
                Files.createDirectories(call.container().path(name));
            }
        }
        return 0;
    }

    private static int rm(Call call) throws IOException {
        boolean force = operands(call).stream().anyMatch(operand -> operand.matches("-[a-zA-Z]*f[a-zA-Z]*"));
        int code = 0;
        for (String name : operands(call)) {
            if (name.startsWith("-")) {
                continue;
            }
            Path file = call.container().path(name);
            if (Files.exists(file)) {
                ContainerFiles.deleteTree(file);
            } else if (!force) {
                code = complain(call, "can't remove '" + name + "': No such file or directory");
            }
        }
        return code;
    }

    private static int kill(Container container, Call call) {
        String signal = Signals.TERM;
        boolean main = false;
        try {
            for (String operand : operands(call)) {
                if (operand.startsWith("-") && operand.length() >= SIGNALLED) {
                    signal = Signals.named(operand.substring(1));
                } else if (!operand.equals("-s")) {
                    main |= operand.equals("1");
                }
            }
        } catch (IllegalArgumentException e) {
            return complain(call, e.getMessage() == null ? "bad signal" : e.getMessage());
        }
        if (!main) {
            return complain(call, "No such process");
        }
        container.signal(signal);
        return 0;
    }
}
