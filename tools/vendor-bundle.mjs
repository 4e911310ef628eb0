// node vendor-bundle.mjs ENTRY TARGET: one minified ES module. Called by vendor.py.

import { build } from "esbuild";

const [entryPoint, outfile] = process.argv.slice(2);

// Our server speaks WebSocket and long-polling; the third transport of the Socket.IO client would only be weight.
const withoutWebTransport = {
  name: "without-webtransport",
  setup({ onLoad }) {
    onLoad({ filter: /engine\.io-client.*[\\/]webtransport\.js$/ }, () => ({ contents: "export class WT {}" }));
  },
};

await build({ entryPoints: [entryPoint], outfile, bundle: true, minify: true, format: "esm", target: "es2020", legalComments: "none", plugins: [withoutWebTransport], logLevel: "warning" });
