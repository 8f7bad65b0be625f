import slipway.release.RollbackDeployment

Map call(Map given = [:]) {
    return new RollbackDeployment(this).run(given)
}
