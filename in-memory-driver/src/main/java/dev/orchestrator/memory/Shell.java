package dev.orchestrator.memory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.memory.ContainerCommand.Call;
import dev.orchestrator.memory.ShellWords.Word;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code sh -c}, as far as probes and hooks need it: commands with {@code ;}, {@code &&}, {@code ||} and
 * {@code |}, redirections, quotes and variables. Loops, functions and substitutions are refused as a syntax error.
 */
final class Shell {

    private static final int SYNTAX = 2;
    private static final int NOT_FOUND = 127;

    private final Container container;
    private final Call shell;
    private final List<Word> words;
    private int position;
    private int status;

    private Shell(Container container, Call shell, List<Word> words) {
        this.container = container;
        this.shell = shell;
        this.words = words;
    }

    static int run(Container container, Call call) throws Exception {
        List<String> operands = Commands.operands(call);
        int script = operands.indexOf("-c") + 1;
        if (script == 0 || script >= operands.size()) {
            call.err().print("sh: only -c with a command is supported\n");
            return SYNTAX;
        }
        try {
            var words = ShellWords.split(operands.get(script), call.container().env());
            return new Shell(container, call, words).list();
        } catch (IllegalArgumentException e) {
            call.err().print("sh: syntax error: " + e.getMessage() + "\n");
            return SYNTAX;
        }
    }

    /** Runs commands one after another, as far as the results of earlier ones let it. */
    private int list() throws Exception {
        boolean skipped = false;
        while (position < words.size()) {
            var pipeline = pipeline();
            if (!skipped && !pipeline.isEmpty()) {
                if (isExit(pipeline)) {
                    return exitCode(pipeline);
                }
                status = runPipeline(pipeline);
            }
            String operator = position < words.size() ? words.get(position++).text() : ";";
            skipped = (operator.equals("&&") && status != 0) || (operator.equals("||") && status == 0);
        }
        return status;
    }

    private static boolean isExit(List<List<Word>> pipeline) {
        return pipeline.size() == 1 && pipeline.get(0).get(0).text().equals("exit");
    }

    private int exitCode(List<List<Word>> pipeline) {
        List<Word> exit = pipeline.get(0);
        try {
            return exit.size() < 2 ? status : Integer.parseInt(exit.get(1).text()) & 0xff;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "exit: bad number: " + exit.get(1).text());
        }
    }

    /** Reads the commands up to the next operator that is not a pipe. */
    private List<List<Word>> pipeline() {
        var commands = new ArrayList<List<Word>>();
        var command = new ArrayList<Word>();
        while (position < words.size() && !words.get(position).isListOperator()) {
            Word word = words.get(position++);
            if (word.isOperator("|")) {
                commands.add(required(command));
                command = new ArrayList<>();
            } else {
                command.add(word);
            }
        }
        if (!commands.isEmpty() || !command.isEmpty()) {
            commands.add(required(command));
        }
        return commands;
    }

    private static List<Word> required(List<Word> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("unexpected \"|\"");
        }
        return command;
    }

    private int runPipeline(List<List<Word>> commands) throws Exception {
        InputStream in = shell.in();
        int code = 0;
        for (int i = 0; i < commands.size(); i++) {
            if (i == commands.size() - 1) {
                code = runCommand(commands.get(i), in, shell.out());
            } else {
                var piped = new ByteArrayOutputStream();
                runCommand(commands.get(i), in, piped);
                in = new ByteArrayInputStream(piped.toByteArray());
            }
        }
        return code;
    }

    /** The streams and words of one command. */
    private static final class Simple implements AutoCloseable {
        private final List<String> arguments = new ArrayList<>();
        private final List<Closeable> opened = new ArrayList<>();
        private InputStream in;
        private OutputStream out;
        private OutputStream err;

        Simple(InputStream in, OutputStream out, OutputStream err) {
            this.in = in;
            this.out = out;
            this.err = err;
        }

        @Override
        public void close() throws IOException {
            for (Closeable file : opened) {
                file.close();
            }
        }
    }

    private record Nested(
            List<String> arguments, InputStream in, PrintStream out, PrintStream err, ContainerContext container)
            implements Call {}

    private int runCommand(List<Word> command, InputStream in, OutputStream out) throws Exception {
        try (var simple = new Simple(in, out, shell.err())) {
            String problem = prepare(command, simple);
            if (problem != null) {
                shell.err().print("sh: " + problem + "\n");
                return 1;
            }
            if (simple.arguments.isEmpty()) {
                return 0;
            }
            String name = simple.arguments.get(0);
            ContainerCommand found = Commands.find(container, name);
            if (found == null) {
                shell.err().print("sh: " + name + ": not found\n");
                return NOT_FOUND;
            }
            var printOut = new PrintStream(simple.out, true, StandardCharsets.UTF_8);
            var printErr = new PrintStream(simple.err, true, StandardCharsets.UTF_8);
            return found.run(new Nested(simple.arguments, simple.in, printOut, printErr, shell.container())) & 0xff;
        }
    }

    private @Nullable String prepare(List<Word> command, Simple simple) throws IOException {
        for (int i = 0; i < command.size(); i++) {
            Word word = command.get(i);
            if (!word.isRedirection()) {
                simple.arguments.add(word.text());
            } else if (word.isOperator("2>&1")) {
                simple.err = simple.out;
            } else if (++i == command.size()) {
                throw new IllegalArgumentException("unexpected end of command");
            } else {
                String problem = redirect(word.text(), command.get(i).text(), simple);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private @Nullable String redirect(String operator, String name, Simple simple) throws IOException {
        if (operator.equals("<")) {
            Path file = shell.container().path(name);
            if (!Files.isReadable(file)) {
                return "can't open " + name + ": no such file";
            }
            simple.in = Files.newInputStream(file);
            simple.opened.add(simple.in);
            return null;
        }
        OutputStream target = target(operator, name, simple);
        if (target == null) {
            return "can't create " + name + ": nonexistent directory";
        }
        if (operator.startsWith("2")) {
            simple.err = target;
        } else {
            simple.out = target;
        }
        return null;
    }

    private @Nullable OutputStream device(String name, Simple simple) {
        return switch (name) {
            case "/dev/null" -> OutputStream.nullOutputStream();
            case "/dev/stdout" -> simple.out;
            case "/dev/stderr" -> simple.err;
            case "/proc/1/fd/1" -> shell.container().out();
            case "/proc/1/fd/2" -> shell.container().err();
            default -> null;
        };
    }

    private @Nullable OutputStream target(String operator, String name, Simple simple) throws IOException {
        OutputStream device = device(name, simple);
        if (device != null) {
            return device;
        }
        Path file = shell.container().path(name);
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return null;
        }
        OutputStream opened = operator.endsWith(">>")
                ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : Files.newOutputStream(file);
        simple.opened.add(opened);
        return opened;
    }
}
