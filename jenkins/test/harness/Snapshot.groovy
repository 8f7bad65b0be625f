package harness

import com.cloudbees.groovy.cps.Continuable
import com.cloudbees.groovy.cps.ObjectInputStreamWithLoader
import com.cloudbees.groovy.cps.Outcome
import groovy.transform.CompileStatic

/** Copies a pipeline by way of bytes, as Jenkins does when it restarts. */
class Snapshot {
    private final ClassLoader loader
    private final Machine machine
    /** Classes by name: a Groovy class loader looks for sources each time that it is asked, which took most of a copy's time. */
    private final Map<String, Class> classes = [:]

    Snapshot(ClassLoader loader, Machine machine) {
        this.loader = loader
        this.machine = machine
    }

    /**
     * Writes all that the pipeline is made of, reads it again, and lets the copy take its place: bindings, programs, what they wait for,
     * and the calls whose bodies may yet run. @return the copy of the call
     */
    StepCall goOn(StepCall call, List<Frame> frames, List<Paused> paused) {
        Binding binding = machine.binding
        List<List> copy = copy([[call], [new LinkedHashMap<String, Object>(binding.variables)], frames*.program, frames*.next, frames*.call, paused*.call], call.name) as List<List>
        binding.variables.clear()
        binding.variables.putAll(copy[1][0] as Map)
        frames.eachWithIndex { Frame frame, int index ->
            frame.program = copy[2][index] as Continuable
            frame.next = copy[3][index] as Outcome
            frame.call = copy[4][index] as StepCall
        }
        paused.eachWithIndex { Paused wait, int index -> wait.call = copy[5][index] as StepCall }
        copy[0][0] as StepCall
    }

    /** @throws Fault naming the class that cannot be serialized and the step before which it lives */
    Object copy(Object state, String step) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()
        try {
            new Writer(bytes).withCloseable { it.writeObject(state) }
        } catch (NotSerializableException notSerializable) {
            throw new Fault("before ${step}: java.io.NotSerializableException: ${notSerializable.message}; Jenkins could not go on after a restart", notSerializable)
        }
        new Reader(new ByteArrayInputStream(bytes.toByteArray()), loader, machine, classes).withCloseable { it.readObject() }
    }

    /** What belongs to Jenkins, not to the pipeline, travels as its name. */
    @CompileStatic
    private static class Writer extends ObjectOutputStream {
        Writer(OutputStream out) {
            super(out)
            enableReplaceObject(true)
        }

        @Override
        protected Object replaceObject(Object object) {
            object instanceof Global ? new GlobalName(object.called()) : object
        }
    }

    @CompileStatic
    private static class Reader extends ObjectInputStreamWithLoader {
        private final Machine machine
        private final Map<String, Class> classes

        Reader(InputStream source, ClassLoader loader, Machine machine, Map<String, Class> classes) {
            super(source, loader)
            this.machine = machine
            this.classes = classes
            enableResolveObject(true)
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            Class known = classes[described.name]
            if (known == null) {
                known = super.resolveClass(described)
                classes[described.name] = known
            }
            known
        }

        @Override
        protected Object resolveObject(Object object) {
            if (object instanceof GlobalName) return machine.global(object.name)
            // `Script` itself is not serializable, so that its binding is not written.
            if (object instanceof PipelineScript) object.setBinding(machine.binding)
            object
        }
    }

    static class GlobalName implements Serializable {
        final String name

        GlobalName(String name) {
            this.name = name
        }
    }
}
