import groovy.transform.Field
import java.util.regex.Matcher // finds: UnusedImport

@Field final List NUMBERS = [3, 1, 2]

class Kept { // finds: ClassNotSerializable
    String name
}

@NonCPS
String plain(String text) { text.trim() }

void traps(List given, List<Integer> numbers, Map more) {
    given.sort { it } // finds: CpsTrap ForbiddenCallInCpsMethod
    numbers.sort { a, b -> a <=> b } // finds: CpsTrap ForbiddenCallInCpsMethod
    more.given.sort { it } // finds: CpsTrap
    given.unique() // finds: CpsTrap
    more.computeIfAbsent('a') { 1 } // finds: CpsTrap
    String names = given*.name // finds: CpsTrap UnusedVariable
    def one
    def other
    one = other = 3 // finds: CpsTrap
    def third = (other = one) // finds: CpsTrap UnusedVariable
    echo([*given, 1].toString()) // finds: CpsTrap
    echo([*: more].toString()) // finds: CpsTrap
    given.each { echo "$it $other" }
    given.groupBy { it }
}

@NonCPS
List sorted(List given) { given.sort { it } }

java.util.regex.Matcher search(String text) { // finds: ParameterOrReturnTypeNotSerializable
    java.util.regex.Matcher found = text =~ /a/ // finds: ExpressionInCpsMethodNotSerializable
    return found
}

class Named implements Serializable {
    def steps

    String toString() { // finds: ObjectOverrideOnlyNonCpsMethods
        'named'
    }

    void act() { steps.echo 'a' }

    @NonCPS
    void quick() {
        act() // finds: CpsCallFromNonCpsMethod
        steps.sh 'b' // finds: CpsCallFromNonCpsMethod
    }
}

echo "lazy ${-> NUMBERS}" // finds: ClosureInGString
