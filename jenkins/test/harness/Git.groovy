package harness

/** git as every spec runs it, alike on every machine. */
class Git {
    /** Its configuration, and nothing of the machine's own. */
    static final Map<String, String> ENVIRONMENT = [GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: new File(Library.FOLDER, 'test/harness/gitconfig').path]
    /** Somebody who commits. */
    static final Map<String, String> AUTHOR = [
        GIT_AUTHOR_NAME: 'ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'ann', GIT_COMMITTER_EMAIL: 'ann@example.com',
    ]
}
