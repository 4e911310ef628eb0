"use strict";
// The phone's page: what is the same for everybody is made and compressed once, one's own part for each.

const zlib = require("node:zlib");

const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]); // of a gzip stream
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Encoding": "gzip",
  "Cache-Control": "no-store",
  Vary: "Accept-Encoding",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
};

class Page {
  /** parts: the product's own page, cut at its state and at one's own part. */
  constructor(parts) {
    this.parts = parts;
    this.common = new WeakMap(); // room → {rev, bytes, crc, size}
  }

  send(response, room, own) {
    const common = this.of(room);
    const rest = Buffer.from(inScript(own) + this.parts.end);
    const packed = zlib.deflateRawSync(rest, { level: 9 });
    const tail = Buffer.alloc(8);
    tail.writeUInt32LE(zlib.crc32(rest, common.crc), 0);
    tail.writeUInt32LE(common.size + rest.length, 4);
    const body = Buffer.concat([HEAD, common.bytes, packed, tail]);
    response.writeHead(200, { ...HEADERS, "Content-Length": body.length }).end(body);
  }

  of(room) {
    const kept = this.common.get(room);
    if (kept?.rev === room.rev) return kept;
    const { start, boot, middle } = this.parts;
    const text = Buffer.from(start + inScript({ ...boot, set: room.set }) + middle);
    const bytes = zlib.deflateRawSync(text, { level: 9, finishFlush: zlib.constants.Z_FULL_FLUSH });
    const common = { rev: room.rev, bytes, crc: zlib.crc32(text), size: text.length };
    this.common.set(room, common);
    return common;
  }
}

/** JSON that may stand inside a script element. */
const inScript = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

module.exports = { Page };
