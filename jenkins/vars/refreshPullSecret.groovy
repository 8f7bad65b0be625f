import slipway.release.RefreshPullSecret

void call(Map given = [:]) {
    new RefreshPullSecret(this).run(given)
}
