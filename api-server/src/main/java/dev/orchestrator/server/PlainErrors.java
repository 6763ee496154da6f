package dev.orchestrator.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.server.http.MediaTypes;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are not HTTP, or not allowed in HTTP, with a {@code Status} and no trace. */
final class PlainErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int code = response.getStatus();
        var status = new LinkedHashMap<String, Object>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", HttpStatus.getMessage(code));
        if (code == HttpStatus.BAD_REQUEST_400) {
            status.put("reason", "BadRequest");
        }
        status.put("code", (long) code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaTypes.JSON);
        byte[] body = (JsonText.write(status) + "\n").getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
