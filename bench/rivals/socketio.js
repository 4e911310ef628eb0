"use strict";
// A Socket.IO server on Node. node socketio.js FOLDER [grouped] [naive]

const http = require("node:http");
const { Server } = require("socket.io");
const { Rooms, Refused, options, listen } = require("./rooms.js");

const given = options(process.argv.slice(2));
const server = http.createServer((request, response) => rooms.serve(request, response));
const io = new Server(server, { serveClient: false, maxHttpBufferSize: 65536 });
const rooms = new Rooms(given.folder, given, (room, role, event, body) => io.to(`${room.code}/${role}`).emit(event, body));

io.use((socket, next) => {
  try {
    socket.data = rooms.admit(socket.handshake.headers.cookie, socket.handshake.auth);
    next();
  } catch (error) {
    next(error instanceof Refused ? error : new Error("not_saved"));
  }
});

io.on("connection", (socket) => {
  const bound = socket.data;
  socket.conn.request = null; // as its manual advises, to save memory
  const tell = (id, event, body) => io.to(id).emit(event, body);
  for (const [event, body] of rooms.enter(bound, socket.id, socket.handshake.auth.since)) socket.emit(event, body);
  socket.join(`${bound.room.code}/${bound.role}`);
  for (const name of ["ballot.put", "idea.edit"]) {
    socket.on(name, (body, answer) => rooms.command(bound, socket.id, name, body, answer, tell));
  }
  socket.on("disconnect", () => rooms.leave(bound, socket.id));
});

listen(server);
