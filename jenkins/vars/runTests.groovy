import slipway.checks.RunTests

void call(Map given = [:]) {
    new RunTests(this).run(given)
}
