import slipway.compose.ComposeDeploy

void call(Map given = [:]) {
    new ComposeDeploy(this).run(given)
}
