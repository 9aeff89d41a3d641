import { codeOf, messageOf, UserError } from '../../adapter/src/errors';

test('a user error is told apart from other errors and keeps its sentence', () => {
  const error = new UserError('There is no program at prog.py.');
  expect(error).toBeInstanceOf(UserError);
  expect(new Error('x')).not.toBeInstanceOf(UserError);
  expect(error.name).toBe('UserError');
  expect(messageOf(error)).toBe('There is no program at prog.py.');
});

test('anything thrown has a message', () => {
  expect(messageOf('plain text')).toBe('plain text');
  expect(messageOf(undefined)).toBe('undefined');
});

test('the code of an error is read only where it is text', () => {
  expect(codeOf(Object.assign(new Error('no'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(codeOf(Object.assign(new Error('no'), { code: 5 }))).toBeUndefined();
  expect(codeOf('ENOENT')).toBeUndefined();
});
