import { displayNameOf } from './display-name.js';

describe('the name in the header', () => {
  it('hides the surname', () => {
    expect(displayNameOf({ firstName: 'Мария', middleName: 'Петровна', lastName: 'Невская' })).toBe(
      'Мария Петровна Н.',
    );
  });

  it('does without a middle name or a surname', () => {
    expect(displayNameOf({ firstName: 'Ольга', middleName: null, lastName: 'Летняя' })).toBe('Ольга Л.');
    expect(displayNameOf({ firstName: 'Ольга', middleName: null, lastName: '' })).toBe('Ольга');
  });
});
