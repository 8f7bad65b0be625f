package slipway.source

import harness.Library

class ChartsSpec extends ChartsScenario {
    def 'nothing that differs is nothing to commit'() {
        expect:
        run("open(charts.newest()); [changed: charts.changed, committed: charts.commit('x'), pushed: charts.pushed]") == [changed: false, committed: false, pushed: false]
    }

    def 'pins and dist/ that differ are seen'() {
        expect:
        run("open(charts.newest()); pin(); charts.changed") == true
    }

    def 'the hash of dist/ is that of the bytes on disk, staged or not'() {
        when:
        List<String> hashes = run('''
            open(charts.newest())
            def before = charts.distHash('production')
            dir('charts') { writeFile(file: 'dist/lab/other', text: 'x') }
            def beside = charts.distHash('production')
            dir('charts') { writeFile(file: 'dist/production/other', text: 'x') }
            [before, beside, charts.distHash('production'), sh(script: 'git -C charts diff --cached --name-only', returnStdout: true)]
        ''') as List

        then:
        hashes[0] == hashes[1]
        hashes[1] != hashes[2]
        hashes[3] == ''
    }

    def 'opening leaves nothing of what lay there, but installed packages'() {
        expect:
        run('''
            open(charts.newest()); pin()
            dir('charts') { writeFile(file: 'left', text: 'x') }
            open(charts.newest())
            [charts.changed, fileExists('charts/left'), fileExists('charts/node_modules/.installed')]
        ''') == [false, false, true]
        build.argv('npm').size() == 1
    }

    def 'other packages in the lock are installed'() {
        given:
        String lock = new File(Library.FOLDER, 'test/fixtures/charts/package-lock.json').text

        when:
        run("open(charts.newest()); theirs(); open(charts.newest())", null) { repository.push('package-lock.json': lock.replace('\n}', ' \n}')) }

        then:
        build.argv('npm') == [['ci', '--no-audit', '--no-fund']] * 2
    }

    def 'the job\'s own repository: its commit is proposed, the newest is what is built on'() {
        given:
        String started = repository.git('rev-parse', 'main')
        String newest = repository.push('charts/theirs.ts': 'x')
        build.scm(url: "${server.url}/charts.git", commit: started, credentialsId: 'git-push')

        when:
        Map seen = build.run("""
            import slipway.source.Charts
            Charts charts = new Charts(this, [:], 'Ann Lee <ann@example.com>')
            String source = null
            node('slipway') { source = charts.source(); charts.open(source) }
            node('slipway') { String tip = charts.newest(); charts.open(tip); return [own: charts.own, source: source, newest: tip, here: sh(script: 'git rev-parse HEAD', returnStdout: true).trim()] }
        """) as Map

        then:
        seen == [own: true, source: started, newest: newest, here: newest]
    }

    def 'a shallow checkout gets its history'() {
        given:
        String newest = repository.push('charts/theirs.ts': 'x')
        build.onStep('sh') { call, context ->
            if (call.named.label == 'newest charts') ['git', 'clone', '--quiet', '--depth', '1', "file://${repository.bare}", "${context.folder}"].execute().waitFor()
        }

        expect:
        run("charts.newest(); sh(script: 'git -C charts rev-list --count origin/main', returnStdout: true).trim()") == '2'
    }

}
