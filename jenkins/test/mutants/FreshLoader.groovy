package mutants

import groovy.transform.CompileStatic

/**
 * Loads the specs and the harness anew, so that nothing they hold in static fields is the last mutant's.
 * Static, because what Groovy looks up at run time it would look up in here.
 */
@CompileStatic
class FreshLoader extends URLClassLoader {
    FreshLoader(File classes, ClassLoader parent) {
        super([classes.toURI().toURL()] as URL[], parent)
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name)
            if (loaded != null) return loaded
            findResource(name.replace('.', '/') + '.class') == null ? super.loadClass(name, resolve) : findClass(name)
        }
    }
}
