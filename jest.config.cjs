'use strict';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/build/'],
  modulePathIgnorePatterns: ['<rootDir>/(adapter|examples|extension|test)/(dist|build)/'],
  // Types are checked by tsc; here they are only taken off.
  transform: { '\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
  moduleNameMapper: { '^execorder$': '<rootDir>/adapter/src/index.ts' },
  // Programs are recorded for real and C is compiled: far slower than a unit test.
  testTimeout: 120_000,
  maxWorkers: 2,
};
