import { Handles } from '../../../adapter/src/dap/handles';

test('the same thing has the same number within a stop', () => {
  const handles = new Handles<string>();

  expect(handles.of('object:1', 'a list')).toBe(handles.of('object:1', 'a list'));
  expect(handles.of('object:2', 'another')).not.toBe(handles.of('object:1', 'a list'));
  expect(handles.get(handles.of('object:1', 'a list'))).toBe('a list');
});

test('a number of an earlier stop is refused and never means something else', () => {
  const handles = new Handles<string>();
  const old = handles.of('object:1', 'a list');
  handles.clear();

  expect(handles.of('object:1', 'a list')).not.toBe(old);
  expect(() => handles.get(old)).toThrow('belongs to a moment that was left');
});

test('a number that was never given out is refused', () => {
  expect(() => new Handles<string>().get(7)).toThrow('nothing with the number 7');
});
