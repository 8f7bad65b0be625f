import slipway.images.PushImage

String call(Map given = [:]) {
    return new PushImage(this).run(given)
}
