import slipway.source.CheckoutSource

Map call(Map given = [:]) {
    return new CheckoutSource(this).run(given)
}
