#!/usr/bin/env node
// This file must run on any Node, so that an old one gets a sentence and not a crash of a native module.
const REQUIRED = [24, 0];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1])) {
  process.stderr.write(
    `qledger needs Node ${REQUIRED.join('.')} or newer; this is ${process.versions.node}. ` +
      'After "npm ci", start it with "npx qledger", which brings its own.\n',
  );
  process.exitCode = 2;
} else {
  // Node strips types by WebAssembly, in every thread, and V8 may crash when it optimises the calls into it
  // in two threads at once (nodejs/node issue 64500). So few calls gain nothing by that.
  process
    .getBuiltinModule('node:v8')
    .setFlagsFromString('--wasm-wrapper-tiering-budget=2000000000');
  // Half of a short run is reading and stripping modules, in every thread; Node keeps what it made of them.
  process.getBuiltinModule('node:module').enableCompileCache();
  // Node does not strip types inside node_modules: an installed package runs what was compiled.
  const installed = import.meta.url.includes('/node_modules/');
  const { main } = await import(installed ? '../../dist/src/cli/main.js' : './main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
