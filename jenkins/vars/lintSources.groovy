import slipway.checks.LintSources

void call(Map given = [:]) {
    new LintSources(this).run(given)
}
