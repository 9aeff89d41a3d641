import { isLibrary } from '../../../adapter/src/dap/frame-texts';

test.each([
  '/usr/lib/python3.11/asyncio/base_events.py',
  '/srv/shop/venv/lib/python3.12/site-packages/flask/app.py',
  '/usr/lib/python3/dist-packages/yaml/loader.py',
  'C:\\Users\\ann\\AppData\\Local\\Programs\\Python\\Python313\\Lib\\asyncio\\runners.py',
  'C:\\Users\\ann\\miniconda3\\envs\\work\\Lib\\site-packages\\flask\\app.py',
  'C:\\Python313\\python313.zip\\asyncio\\runners.py',
  '<frozen importlib._bootstrap>',
])('%s is of a library', (file) => {
  expect(isLibrary(file)).toBe(true);
});

test.each([
  '/srv/shop/lib/prog.py',
  '/srv/shop/Lib/prog.py',
  'C:\\work\\lib\\prog.py',
  'C:\\work\\Library\\prog.py',
  '<string>',
])("%s is the user's own", (file) => {
  expect(isLibrary(file)).toBe(false);
});
