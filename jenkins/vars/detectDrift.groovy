import slipway.release.DetectDrift

boolean call(Map given = [:]) {
    return new DetectDrift(this).run(given)
}
