@Grab('com.example:a:1') // finds: Grape
import hudson.AbortException

class Bans implements Serializable {
    private final int forgotten = 1 // finds: UnusedPrivateField

    private int unasked() { 1 } // finds: UnusedPrivateMethod

    int act(int given, int ignored) { // finds: UnusedMethodParameter
        var x = 1 // finds: VarDeclaration UnusedVariable
        Jenkins.instance.save() // finds: JenkinsInstance
        currentBuild.rawBuild.delete() // finds: RawBuild
        new File('/etc/passwd') // finds: ControllerFile
        Thread.sleep(1) // finds: ControllerThread
        System.getenv('HOME') // finds: ControllerSystem
        'id'.execute() // finds: ControllerProcess
        println given // finds: Println
        Map twice = [a: 1, a: 2] // finds: DuplicateMapKey
        if (given = 2) { twice.clear() } // finds: AssignmentInConditional
        throw new AbortException("${twice}")
        given.toString() // finds: DeadCode
    }
}
