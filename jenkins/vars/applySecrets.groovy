import slipway.release.ApplySecrets

Map call(Map given = [:]) {
    return new ApplySecrets(this).run(given)
}
