import slipway.checks.ScanImage

void call(Map given = [:]) {
    new ScanImage(this).run(given)
}
