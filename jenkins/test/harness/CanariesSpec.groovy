package harness

import spock.lang.Specification
import spock.lang.Unroll

class CanariesSpec extends Specification {
    static final String BIND = "withCredentials([usernamePassword(credentialsId: 'git-push', usernameVariable: 'WHO', passwordVariable: 'SECRET')])"

    Build build = new Build()

    def cleanup() {
        try {
            build.close()
        } catch (Fault ignored) {
            // What a leak left behind is what the spec is about.
            build = null
        }
    }

    @Unroll
    def 'finds a secret in #where'() {
        when:
        build.run("node('a') { ${BIND} { ${code} } }")
        then:
        Fault fault = thrown()
        fault.message.startsWith("secret in ${told}")
        fault.message.contains('credential git-push, password')
        !fault.message.contains(build.credentials['git-push'].parts.password)
        where:
        where                         | code                                                                                       | told
        'a script that Groovy wrote'  | 'sh "login ${env.SECRET}"'                                                                 | 'an argument of sh'
        'withEnv'                     | 'withEnv(["X=${SECRET}"]) { echo "x" }'                                                    | 'an argument of withEnv'
        'a symbol'                    | 'input message: "x", parameters: [string(name: SECRET)]'                                   | 'an argument of input'
        'a file'                      | 'writeFile file: "x", text: "${SECRET}"'                                                   | 'an argument of writeFile'
        'a variable of the build'     | 'env.X = SECRET'                                                                           | 'env.X'
        'the description'             | 'currentBuild.description = "by ${SECRET}"'                                                | 'currentBuild.description'
        'the trace of a shell'        | "sh 'true \"\$SECRET\"'"                                                                   | 'a line of the log'
        'an argument of a program'    | "sh 'set +x; true \$SECRET; cat /dev/null \"/\$SECRET\" 2>/dev/null || true'"              | 'the arguments of a process'
        'a program of a program'      | "sh 'set +x; sh -c \"cat \\\"/\$SECRET\\\" 2>/dev/null || true\"'"                         | 'the arguments of a process'
        'base64 of the log'           | "sh 'set +x; printf \"%s\" \"\$SECRET\" | base64 -w0'"                                     | 'a line of the log'
        'base64 of more than itself'  | "sh 'set +x; printf \"AWS:%s!\" \"\$SECRET\" | base64 -w0'"                                | 'a line of the log'
        'an artifact'                 | "sh 'set +x; printf \"%s\" \"\$SECRET\" > report'; archiveArtifacts 'report'"              | 'the artifact report'
    }

    @Unroll
    def 'finds a secret that is left in #where'() {
        build.run("node('a') { ${BIND} { sh 'set +x; ${script}' } }")
        when:
        build.close()
        then:
        Fault fault = thrown()
        fault.message.startsWith('secret in the file')
        where:
        where               | script
        'the workspace'     | 'printf "%s" "$SECRET" > file'
        'HOME'              | 'mkdir -p "$HOME/.docker"; printf "%s" "$SECRET" > "$HOME/.docker/config.json"'
        'a temporary file'  | 'printf "%s" "$SECRET" > "$(mktemp)"'
    }

    def 'a secret in environment, stdin and a private file that is removed is nobody else\'s'() {
        when:
        build.run("node('a') { ${BIND} { sh 'set +x; f=\$(mktemp); trap \"rm -f \$f\" EXIT; printf \"%s\" \"\$SECRET\" > \"\$f\"; cat < \"\$f\" > /dev/null' } }")
        build.close()
        then:
        noExceptionThrown()
    }

    def 'the token of ECR is one, too'() {
        when:
        build.run("node('a') { sh 'echo ${build.outside.token}' }")
        then:
        thrown(Fault)
    }

    def 'secret files are there for the body alone, and for nobody else to read'() {
        when:
        String path = build.run('''node('a') { withCredentials([file(credentialsId: 'kubeconfig-kind', variable: 'KUBECONFIG')]) {
            sh 'stat -c %a "$KUBECONFIG"'; return env.KUBECONFIG } }''')
        then:
        build.log.last() == '600'
        !new File(path).exists()
        build.steps.find { it.name == 'sh' }.context.credentials == ['kubeconfig-kind']
        build.bound == ['kubeconfig-kind']
    }

    @Unroll
    def 'binds #binding'() {
        when:
        build.credential('key', kind: 'sshUserPrivateKey', username: 'deploy')
        build.run("node('a') { withCredentials([${binding}]) { sh 'set +x; ${check}' } }")
        then:
        noExceptionThrown()
        where:
        binding                                                                                         | check
        "string(credentialsId: 'docker-hub', variable: 'X')"                                             | 'test -n "$X"'
        "usernameColonPassword(credentialsId: 'git-push', variable: 'X')"                                | 'case "$X" in jenkins:?*) ;; *) exit 1 ;; esac'
        "[\$class: 'AmazonWebServicesCredentialsBinding', credentialsId: 'aws']"                         | 'test -n "$AWS_ACCESS_KEY_ID$AWS_SECRET_ACCESS_KEY"'
        "sshUserPrivateKey(credentialsId: 'key', keyFileVariable: 'X', usernameVariable: 'Y')"           | 'test "$Y" = deploy && test -s "$X"'
    }

    @Unroll
    def 'credentials that are #what end as in Jenkins'() {
        when:
        build.run("withCredentials([string(credentialsId: '${id}', variable: 'X')]) { }")
        then:
        hudson.AbortException thrown = thrown()
        thrown.message == told
        where:
        what               | id         | told
        'not there'        | 'none'     | "Could not find credentials entry with ID 'none'"
        'of another kind'  | 'git-push' | "Credentials 'git-push' is of type usernamePassword where string was expected"
    }
}
