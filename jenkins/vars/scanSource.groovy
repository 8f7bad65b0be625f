import slipway.checks.ScanSource

void call(Map given = [:]) {
    new ScanSource(this).run(given)
}
