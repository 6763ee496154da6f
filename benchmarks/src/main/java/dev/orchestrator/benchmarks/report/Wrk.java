package dev.orchestrator.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of {@code wrk} with one thread has found out.
 *
 * @param perSecond requests a second
 * @param requests how many there were
 * @param p99Millis the latency that one in a hundred exceeds
 */
public record Wrk(double perSecond, double requests, double p99Millis) {

    /**
     * Sends requests for some seconds.
     *
     * @param options more options of the command
     * @throws IOException if a request fails
     */
    public static Wrk run(int connections, int seconds, String url, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
        command.addAll(options);
        command.add(url);
        String output = Commands.output(command);
        if (output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException(url + ": failed requests:\n" + output);
        }
        return new Wrk(
                find(output, "Requests/sec:\\s+([\\d.]+)"), find(output, "(\\d+) requests in"), milliseconds(output));
    }

    private static double milliseconds(String output) {
        Matcher matcher = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)").matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("no p99: " + output);
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1000;
            case "ms" -> value;
            default -> value * 1000;
        };
    }

    private static double find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + ": " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
