import slipway.source.PinImage

boolean call(Map given = [:]) {
    return new PinImage(this).run(given)
}
