package harness

import com.cloudbees.groovy.cps.SerializableScript
import org.codehaus.groovy.runtime.InvokerHelper

/**
 * Base of every pipeline script and of every var, as `CpsScript` is in Jenkins.
 * Names are looked up as there: what the script binds, Jenkins' globals and the library's vars, then steps; nothing else is known.
 */
abstract class PipelineScript extends SerializableScript {
    @Override
    Object getProperty(String name) {
        Machine machine = Machine.current()
        if (name == 'binding') return getBinding()
        // A method call: `binding` would ask this method again.
        if (getBinding().hasVariable(name)) return getBinding().getVariable(name)
        if (machine.build.globals.containsKey(name)) return machine.build.globals[name]
        if (machine.library.hasVar(name)) return machine.var(name)
        String variable = machine.context.variables(machine.build)[name]
        variable == null ? super.getProperty(name) : variable
    }

    @Override
    Object invokeMethod(String name, Object args) {
        Machine machine = Machine.current()
        if (machine.library.hasVar(name)) {
            Object var = machine.var(name)
            return InvokerHelper.getMetaClass(var).invokeMethod(var, 'call', args)
        }
        machine.step(name, args as Object[])
    }
}
