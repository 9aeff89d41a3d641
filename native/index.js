'use strict';

const path = require('node:path');

const BINARY = path.join(__dirname, 'build', 'Release', 'execorder_native.node');

function load() {
  try {
    return require(BINARY);
  } catch (cause) {
    const missing = cause.code === 'MODULE_NOT_FOUND';
    const reason = missing
      ? 'it is not built yet; run `npm run setup` in the checkout (it needs cmake and a C++ compiler)'
      : cause.message;
    throw Object.assign(new Error(`Execorder's addon can't be loaded: ${reason}`, { cause }), {
      code: 'EXECORDER_NOT_BUILT',
    });
  }
}

// Named one by one, so that an import from an ES module finds it too.
const addon = load();
exports.Recording = addon.Recording;
exports.check = addon.check;
exports.sizes = addon.sizes;
exports.fidelity = addon.fidelity;
exports.compact = addon.compact;
exports.trim = addon.trim;
exports.redact = addon.redact;
