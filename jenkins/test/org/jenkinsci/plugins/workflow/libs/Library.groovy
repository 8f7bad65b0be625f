package org.jenkinsci.plugins.workflow.libs

import java.lang.annotation.ElementType
import java.lang.annotation.Retention
import java.lang.annotation.RetentionPolicy
import java.lang.annotation.Target

/** As Jenkins' own: names the libraries of a Jenkinsfile. */
@Retention(RetentionPolicy.SOURCE)
@Target([ElementType.PACKAGE, ElementType.TYPE, ElementType.FIELD, ElementType.LOCAL_VARIABLE])
@interface Library {
    String[] value()
}
