import slipway.images.BuildImage

String call(Map given = [:]) {
    return new BuildImage(this).run(given)
}
