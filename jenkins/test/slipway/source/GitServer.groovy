package slipway.source

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import harness.Git
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** A folder of bare repositories over HTTP on loopback, by git's own `http-backend`; who asks needs the password. */
class GitServer implements Closeable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    private final ExecutorService threads = Executors.newFixedThreadPool(2)
    private final File root
    private final String login
    /** Requests with a password, each as method and path. */
    final List<String> admitted = [].asSynchronized()

    GitServer(File root, String user, String password) {
        this.root = root
        login = 'Basic ' + "${user}:${password}".getBytes('UTF-8').encodeBase64()
        server.createContext('/') { HttpExchange exchange ->
            try {
                answer(exchange)
            } finally {
                exchange.close()
            }
        }
        server.executor = threads
        server.start()
    }

    String getUrl() {
        "http://127.0.0.1:${server.address.port}"
    }

    @Override
    void close() {
        server.stop(0)
        threads.shutdownNow()
    }

    private void answer(HttpExchange exchange) {
        if (exchange.requestHeaders.getFirst('Authorization') != login) {
            exchange.responseHeaders.add('WWW-Authenticate', 'Basic realm="charts"')
            exchange.sendResponseHeaders(401, -1)
            return
        }
        admitted << "${exchange.requestMethod} ${exchange.requestURI.path}".toString()
        Process backend = start(exchange)
        backend.outputStream.withCloseable { it << exchange.requestBody }
        byte[] said = backend.inputStream.bytes
        int end = new String(said, 'ISO-8859-1').indexOf('\r\n\r\n')
        int status = 200
        new String(said, 0, end, 'ISO-8859-1').readLines().each { String line ->
            List<String> header = line.split(': ', 2) as List
            if (header.first() == 'Status') status = header.last().take(3) as int
            else exchange.responseHeaders.add(header.first(), header.last())
        }
        byte[] body = Arrays.copyOfRange(said, end + 4, said.length)
        exchange.sendResponseHeaders(status, body.length ?: -1)
        exchange.responseBody.write(body)
    }

    private Process start(HttpExchange exchange) {
        ProcessBuilder builder = new ProcessBuilder('git', 'http-backend')
        builder.environment().putAll(Git.ENVIRONMENT + [
            GIT_PROJECT_ROOT: root.path, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: exchange.requestURI.path, QUERY_STRING: exchange.requestURI.query ?: '',
            REQUEST_METHOD: exchange.requestMethod, REMOTE_USER: 'jenkins', REMOTE_ADDR: '127.0.0.1',
            CONTENT_TYPE: exchange.requestHeaders.getFirst('Content-type') ?: '', HTTP_CONTENT_ENCODING: exchange.requestHeaders.getFirst('Content-encoding') ?: '',
        ])
        builder.start()
    }
}
