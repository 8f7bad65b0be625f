package slipway

import harness.Library
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Unroll

class ArgumentsSpec extends Specification {
    static final Map TABLE = [
        image: [type: String, required: true, pattern: '[a-z0-9/._-]+', says: 'name of the image', example: "'chat'"],
        only: [type: List, of: String, byDefault: ['shell', 'groovy'], oneOf: ['shell', 'groovy', 'typescript'], says: 'what is linted'],
        minutes: [type: Integer, byDefault: 60, min: 1, max: 1440, says: 'deadline, minutes'],
        push: [type: Boolean, byDefault: false, says: 'whether it is pushed'],
        labels: [type: Map, of: String, byDefault: [:], keys: '[a-z.]+', says: 'labels by name'],
        charts: [type: Map, byDefault: [:], says: 'repository of the charts', of: [url: [type: String, required: true, says: 'its address'], branch: [type: String, byDefault: 'main', says: 'its branch']]],
        apps: [type: List, byDefault: [], says: 'applications', of: [name: [type: String, required: true, says: 'its name'], context: [type: String, byDefault: '.', says: 'its folder']]],
    ]
    @Shared Class arguments = new Library(new File(System.getProperty('slipway.jenkins'))).loader.loadClass('slipway.Arguments')

    def 'J19: gives every argument, with its default where none was given'() {
        expect:
        arguments.values(TABLE, [image: 'chat', apps: [[name: 'web']], charts: [url: 'ssh://git@example.com/charts']]) == [
            image: 'chat', only: ['shell', 'groovy'], minutes: 60, push: false, labels: [:],
            charts: [url: 'ssh://git@example.com/charts', branch: 'main'], apps: [[name: 'web', context: '.']],
        ]
    }

    def 'gives text as String, however deep, because a GString holds what it was made of'() {
        given:
        String name = 'chat'
        Map values = arguments.values(TABLE, [image: "${name}", only: ["${'shell'}"], labels: ["${'a'}": "${name}"], apps: [[name: "${name}"]]])

        expect:
        [values.image, values.only[0], values.labels.a, values.labels.keySet()[0], values.apps[0].name]*.class.unique() == [String]
    }

    def 'gives defaults that may be changed without changing them for others'() {
        when:
        arguments.values(TABLE, [image: 'a']).only << 'typescript'

        then:
        arguments.values(TABLE, [image: 'a']).only == ['shell', 'groovy']
    }

    def 'null stands for an argument that was not given'() {
        expect:
        arguments.faults('buildImage', TABLE, [image: 'a', minutes: null]) == []
        arguments.values(TABLE, [image: 'a', minutes: null]).minutes == 60
    }

    @Unroll
    def 'J19: refuses #given'() {
        expect:
        arguments.faults('step', TABLE, given) == [fault]

        where:
        given                                      || fault
        [:]                                        || "step.image is missing: name of the image, for instance 'chat'"
        [image: '']                                || "step.image is missing: name of the image, for instance 'chat'"
        [image: 'a', imgae: 'b']                   || 'unknown argument step.imgae; did you mean `image`?'
        [image: 'a', Minutes: 3]                   || 'unknown argument step.Minutes; did you mean `minutes`?'
        [image: 'a', zzzzzzzz: 3]                  || 'unknown argument step.zzzzzzzz; there are image, only, minutes, push, labels, charts, apps'
        [image: 5]                                 || "step.image: 5 is no String: name of the image, for instance 'chat'"
        [image: 'A b']                             || "step.image: 'A b' does not fit [a-z0-9/._-]+: name of the image, for instance 'chat'"
        [image: 'a\nb']                            || "step.image: 'a\nb' does not fit [a-z0-9/._-]+: name of the image, for instance 'chat'"
        [image: 'a', only: 'shell']                || "step.only: 'shell' is no List: what is linted"
        [image: 'a', only: ['shell', 'goovy']]     || "step.only[1]: 'goovy' is none of shell, groovy, typescript; did you mean `groovy`?"
        [image: 'a', only: ['shell', 7]]           || 'step.only[1]: 7 is no String: what is linted'
        [image: 'a', minutes: '5']                 || "step.minutes: '5' is no Integer: deadline, minutes"
        [image: 'a', minutes: 0]                   || 'step.minutes: 0 is less than 1'
        [image: 'a', minutes: 1441]                || 'step.minutes: 1441 is more than 1440'
        [image: 'a', push: 'false']                || "step.push: 'false' is no Boolean: whether it is pushed"
        [image: 'a', labels: [a: 1]]               || 'step.labels.a: 1 is no String: labels by name'
        [image: 'a', labels: ['A': 'b']]           || 'step.labels.A is no name for it: labels by name'
        [image: 'a', charts: [branch: 'x']]        || 'step.charts.url is missing: its address'
        [image: 'a', charts: [url: 'x', brnch: 1]] || 'unknown argument step.charts.brnch; did you mean `branch`?'
        [image: 'a', apps: ['web']]                || "step.apps[0]: 'web' is no Map: named values"
        [image: 'a', apps: [[name: 'a'], [:]]]     || 'step.apps[1].name is missing: its name'
    }

    def 'tells every fault at once'() {
        when:
        List<String> faults = arguments.faults('step', TABLE, [imgae: 1, minutes: 0, apps: [[:]]])

        then:
        faults.size() == 4
        arguments.told('step', faults).readLines() == ['step: 4 faults in its arguments, nothing was run'] + faults.collect { "  ${it}".toString() }
    }
}
