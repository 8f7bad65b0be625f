package harness

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Files
import spock.lang.Specification

class MainSpec extends Specification {
    File folder = Files.createTempDirectory('slipway-main').toFile()

    def cleanup() {
        Folder.delete(folder)
    }

    Map run(String jenkinsfile, Map more = [:]) {
        File file = new File(folder, 'Jenkinsfile')
        file.text = jenkinsfile
        Map scenario = [
            library: Library.FOLDER.path, workspace: "${folder}/ws".toString(), artifacts: "${folder}/artifacts".toString(), log: "${folder}/log.txt".toString(),
            environment: [PATH: '/usr/bin:/bin', HOME: folder.path, LANG: 'C.UTF-8'], variables: [BUILD_NUMBER: '3'],
        ] + more
        // As it travels to the command line and back.
        new JsonSlurper().parseText(JsonOutput.toJson(new Main(new JsonSlurper().parseText(JsonOutput.toJson(scenario)) as Map).run(file))) as Map
    }

    def 'tells what a scripted pipeline did'() {
        when:
        Map told = run('''
            stage('Ask') { echo "by ${input(message: 'sure?', submitterParameter: 'WHO')}" }
            stage('Work') {
                node { withCredentials([string(credentialsId: 'key', variable: 'KEY')]) { sh 'printf x$BUILD_NUMBER > out; set +x; test -n "$KEY"' }; archiveArtifacts 'out' }
                currentBuild.description = 'done'
            }''', [inputs: [[WHO: 'ann']], credentials: [[id: 'key', kind: 'string', values: [secret: 'a-long-made-up-secret']]]])
        then:
        told.subMap('result', 'description', 'error', 'credentials', 'questions', 'artifacts') ==
            [result: 'SUCCESS', description: 'done', error: null, credentials: ['key'], questions: ['sure?'], artifacts: ['out']]
        told.stages == [[name: 'Ask', status: 'SUCCESS'], [name: 'Work', status: 'SUCCESS']]
        new File(folder, 'log.txt').readLines() == ['by ann', '+ printf x3', '+ set +x']
    }

    def 'a secret of the scenario is a canary'() {
        when:
        run("node { withCredentials([string(credentialsId: 'key', variable: 'KEY')]) { sh 'echo \$KEY' } }",
            [credentials: [[id: 'key', kind: 'string', values: [secret: 'a-long-made-up-secret']]]])
        then:
        thrown(Fault)
    }

    def 'aborts at a line of the log: the script gets SIGTERM, the rest is skipped'() {
        when:
        Map told = run('''node { try { sh 'trap "echo restored; exit 143" TERM; mkfifo never; echo working; cat never' } finally { sh 'echo cleaned' } }
            echo 'never' ''', [abort: '^working'])
        then:
        told.result == 'ABORTED'
        new File(folder, 'log.txt').readLines().last().contains('Aborted by somebody')
        'restored' in new File(folder, 'log.txt').readLines()
        'cleaned' in new File(folder, 'log.txt').readLines()
        !('never' in new File(folder, 'log.txt').readLines())
    }

    def 'a workspace is used again; two nodes at a time have one each'() {
        when:
        run('''node { sh 'echo first > left' }
            node { sh 'cat left'; node { sh 'ls' } }''')
        then:
        new File(folder, 'log.txt').readLines().findAll { !it.startsWith('+') } == ['first']
        new File(folder, 'ws@2').directory
    }

    def 'runs a declarative pipeline'() {
        expect:
        run('''pipeline {
            agent none
            stages { stage('Only') { steps { echo 'hello' } } }
        }''').stages == [[name: 'Only', status: 'SUCCESS']]
    }
}
