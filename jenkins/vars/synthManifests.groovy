import slipway.source.SynthManifests

void call(Map given = [:]) {
    new SynthManifests(this).run(given)
}
