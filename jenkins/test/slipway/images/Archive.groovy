package slipway.images

import harness.Build
import slipway.Checkout

/** What `buildImage` writes: an archive that registries and scanners take. */
class Archive {
    private static final Map<String, byte[]> BUILT = [:]

    /** Puts build/chat.tar into a workspace; another content is another image. */
    static void into(File workspace, String content = 'one') {
        File archive = new File(workspace, 'build/chat.tar')
        archive.parentFile.mkdirs()
        archive.bytes = built(content)
    }

    private static synchronized byte[] built(String content) {
        if (!BUILT.containsKey(content)) {
            new Build().withCloseable { Build build ->
                build.prepare { File workspace -> new Checkout(workspace, [Dockerfile: 'FROM scratch', content: content]) }
                build.run("node('slipway') { buildImage(image: 'chat', tag: '4f1c2a9b7d3e') }")
                BUILT[content] = new File(build.workspace, 'build/chat.tar').bytes
            }
        }
        BUILT[content]
    }
}
