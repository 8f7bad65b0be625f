import slipway.release.DeployManifests

Map call(Map given = [:]) {
    return new DeployManifests(this).run(given)
}
