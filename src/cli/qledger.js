#!/usr/bin/env node
// This file must run on any Node, so that an old one gets a sentence and not a crash of a native module.
const REQUIRED = [24, 0];

/**
 * Node checks what WebAssembly may touch by reserving 10 GB of addresses for each memory, of which every thread has
 * some, or else by code. Only the start of a process can say which.
 */
const CHECK_BY_CODE = '--disable-wasm-trap-handler';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1])) {
  process.stderr.write(
    `qledger needs Node ${REQUIRED.join('.')} or newer; this is ${process.versions.node}. ` +
      'After "npm ci", start it with "npx qledger", which brings its own.\n',
  );
  process.exitCode = 2;
} else if (areAddressesLimited() && !process.execArgv.includes(CHECK_BY_CODE)) {
  const args = [CHECK_BY_CODE, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, [process.execPath, ...args]);
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

/** Whether the process may not have as many addresses as it likes (`ulimit -v`); batch systems limit them too. */
function areAddressesLimited() {
  const limits = '/proc/self/limits';
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  return existsSync(limits) && /^Max address space +\d/m.test(readFileSync(limits, 'utf8'));
}
