"""A chat as Flask-SocketIO's manual builds it: eventlet, several processes over a Redis message queue.

It joins, broadcasts and acknowledges. It has no login, no membership, no validation, no limits; it stores and numbers nothing.
"""

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
import time  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", message_queue=os.environ["REDIS_URL"])


@socketio.on("join")
def join(body):
    join_room(body["room"])
    return {"data": None}


@socketio.on("message")
def message(body):
    emit("message", {**body, "name": request.sid, "at": int(time.time() * 1000)}, to=body["room"])
    return {"data": None}


socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_output=False)
