// The jobs of this repository, in Job DSL. Variables of the container are names here: GITHUB_OWNER, GITHUB_REPOSITORY.

multibranchPipelineJob('slipway') {
    description('main is delivered, pull requests are previewed: jenkins/Jenkinsfile')
    branchSources {
        branchSource {
            source {
                github {
                    // Constant: with another one, every branch is new and every build number starts again.
                    id('slipway')
                    credentialsId('github')
                    repoOwner(GITHUB_OWNER)
                    repository(GITHUB_REPOSITORY)
                    repositoryUrl("https://github.com/${GITHUB_OWNER}/${GITHUB_REPOSITORY}")
                    configuredByUrl(false)
                    traits {
                        // Branches without a pull request; of those, main alone.
                        gitHubBranchDiscovery {
                            strategyId(1)
                        }
                        headWildcardFilter {
                            includes('main PR-*')
                            excludes('')
                        }
                        // 1: merged with what they are for.
                        gitHubPullRequestDiscovery {
                            strategyId(1)
                        }
                        // Nobody's: from a fork, the Jenkinsfile of the target branch runs, never the fork's.
                        gitHubForkDiscovery {
                            strategyId(1)
                            trust {
                                gitHubTrustNobody()
                            }
                        }
                    }
                }
            }
        }
    }
    factory {
        workflowBranchProjectFactory {
            scriptPath('jenkins/Jenkinsfile')
        }
    }
    triggers {
        // Webhooks get lost; a look a day finds what they would have said.
        periodicFolderTrigger {
            interval('1d')
        }
    }
    orphanedItemStrategy {
        discardOldItems {
            daysToKeep(14)
            numToKeep(20)
        }
    }
}

pipelineJob('slipway-drift') {
    description('Compares the clusters with what was deployed: jenkins/Jenkinsfile.drift')
    properties {
        disableConcurrentBuilds()
        // Here as well as in the Jenkinsfile: that one is known only after a first run.
        pipelineTriggers {
            triggers {
                cron {
                    spec('H H/6 * * *')
                }
            }
        }
    }
    definition {
        cpsScm {
            lightweight(true)
            scriptPath('jenkins/Jenkinsfile.drift')
            scm {
                git {
                    remote {
                        url("https://github.com/${GITHUB_OWNER}/${GITHUB_REPOSITORY}.git")
                        credentials('github')
                    }
                    branch('main')
                }
            }
        }
    }
}
