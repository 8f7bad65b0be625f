"""Somebody else's client: python-socketio, as its documentation says, against the chat.

Arguments: address of the chat, name, transport. The password comes by standard input.
Every line that it prints is a JSON array: what it has got. It ends when it has got everything.
"""

import json
import sys
import threading

import requests
import socketio

url, name, transport = sys.argv[1:]
password = sys.stdin.readline().strip()


def got(*words):
    print(json.dumps(words), flush=True)


session = requests.Session()
answer = session.post(f"{url}/register", json={"name": name, "password": password}, headers={"Origin": url})
got("account", answer.status_code, answer.json()["account"]["name"])

client = socketio.Client(http_session=session, reconnection=False)
greeted, written = threading.Event(), threading.Event()


@client.on("messages")
def on_messages(batch):
    for message in batch["messages"]:
        got("message", message["name"], message["text"])
        if message["text"] == "hello from the page":
            greeted.set()


@client.on("typing")
def on_typing(body):
    if not written.is_set():
        got("typing", body["room"], body["account"]["name"])
    written.set()


# Its websockets say their origin by themselves.
headers = {"Origin": url} if transport == "polling" else {}
client.connect(url, transports=[transport], headers=headers)
got("transport", client.transport())

joined = client.call("room:join", {"room": "general"})
got("joined", joined["data"]["room"], joined["data"]["resumed"])

body = {"room": "general", "id": f"message-of-{name}", "text": f"hello from {name}"}
stored = client.call("message:send", body)
again = client.call("message:send", body)
got("stored", "once" if stored == again else "twice")
got("refused", client.call("message:send", {**body, "more": 1})["error"]["code"])

greeted.wait()
while not written.is_set():
    client.emit("room:typing", {"room": "general"})
    written.wait(0.1)
client.disconnect()
