"use strict";
// A bare ws server on Node, with JSON of its own: ["EVENT", body] down, [NUMBER, "COMMAND", body] up, [NUMBER, answer] back.
// node bare.js FOLDER [grouped]

const http = require("node:http");
const { WebSocketServer } = require("ws");
const { Rooms, options, listen } = require("./rooms.js");

const PING = 25_000; // milliseconds, as the others do

const given = options(process.argv.slice(2));
const server = http.createServer((request, response) => rooms.serve(request, response));
const sockets = new WebSocketServer({ server, path: "/live", maxPayload: 65536, clientTracking: true });
const audiences = new Map(); // "CODE/role" → sockets

const rooms = new Rooms(given.folder, given, (room, role, event, body) => {
  const audience = audiences.get(`${room.code}/${role}`);
  if (!audience?.size) return;
  const data = Buffer.from(JSON.stringify([event, body])); // encoded once
  for (const socket of audience) socket.send(data, { binary: false });
});

const say = (socket, event, body) => socket.send(JSON.stringify([event, body]));

sockets.on("connection", (socket, request) => {
  const cookie = request.headers.cookie;
  socket.once("message", (data) => {
    const [word, auth] = JSON.parse(data);
    try {
      if (word !== "auth") throw new Error("the first message lets one in");
      welcome(socket, rooms.admit(cookie, auth), auth.since);
    } catch {
      socket.close(1008);
    }
  });
  socket.on("error", () => socket.terminate());
});

function welcome(socket, bound, since) {
  const name = `${bound.room.code}/${bound.role}`;
  for (const [event, body] of rooms.enter(bound, socket, since)) say(socket, event, body);
  if (!audiences.has(name)) audiences.set(name, new Set());
  audiences.get(name).add(socket);
  socket.on("message", (data) => {
    const [number, command, body] = JSON.parse(data);
    rooms.command(bound, socket, command, body, (answer) => socket.send(JSON.stringify([number, answer])), say);
  });
  socket.on("close", () => {
    audiences.get(name).delete(socket);
    rooms.leave(bound, socket);
  });
}

setInterval(() => sockets.clients.forEach((socket) => socket.ping()), PING);
listen(server);
