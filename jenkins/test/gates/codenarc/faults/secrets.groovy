import hudson.AbortException

void bound(String image) {
    withCredentials([string(credentialsId: 'hub', variable: 'HUB_TOKEN'), usernamePassword(credentialsId: 'git', usernameVariable: 'GIT_USER', passwordVariable: 'GIT_WORD')]) {
        sh 'docker login --password-stdin'
        echo AWS_SECRET_ACCESS_KEY // finds: SecretRead
        sh "docker login -p ${HUB_TOKEN}" // finds: InterpolatedShell SecretRead
        sh "curl -u $env.GIT_USER:x" // finds: InterpolatedShell SecretRead
        echo env.GIT_WORD // finds: SecretRead
        echo env['GIT_WORD'] // finds: SecretRead
        sh(label: 'push', script: 'docker push ' + image) // finds: InterpolatedShell
        sh(label: "push ${image}", script: 'docker push "$IMAGE"')
        sh('a ' + 'b')
        throw new AbortException('a')
    }
}

pipeline {
    environment {
        TOKEN = credentials('token')
        OTHER = "${TOKEN_PSW}" // finds: SecretRead
    }
    stages { stage('a') { steps { echo "${env.TOKEN}" } } } // finds: SecretRead
}
