/**
 * Node with the flag that the launcher sets: types are stripped by WebAssembly, and without it V8 now and then
 * crashes where several threads do that side by side.
 */
export const NODE_COMMAND = [process.execPath, '--wasm-wrapper-tiering-budget=2000000000'] as const;
