import slipway.source.CleanWorkspace

void call(Map given = [:]) {
    new CleanWorkspace(this).run(given)
}
