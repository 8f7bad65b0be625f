import slipway.Notification

void call(Map given = [:]) {
    new Notification(this).run(given)
}
