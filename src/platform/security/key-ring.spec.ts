import { KeyRing, UndecipherableText } from './key-ring.js';

const key = (id: string, filling: number) => ({ id, base64: Buffer.alloc(32, filling).toString('base64') });
const K1 = key('k1', 1);
const K2 = key('k2', 2);

describe('A key ring', () => {
  it('encrypts with its first key and reads what any of its keys encrypted', () => {
    const old = new KeyRing([K1]).encrypt('слово');
    const ring = new KeyRing([K2, K1]);
    expect(ring.decrypt(old)).toBe('слово');
    expect(KeyRing.keyIdOf(ring.encrypt('слово'))).toBe('k2');
    expect(() => new KeyRing([K2]).decrypt(old)).toThrow(UndecipherableText);
  });

  it('says the key of an encrypted text, and of nothing else', () => {
    expect(KeyRing.keyIdOf(new KeyRing([K1]).encrypt(''))).toBe('k1');
    expect(() => KeyRing.keyIdOf('plain')).toThrow(UndecipherableText);
  });

  it('finds by the index key, whatever the data keys are', () => {
    const indexKey = Buffer.alloc(32, 3).toString('base64');
    const index = new KeyRing([K1], indexKey).blindIndex('purpose', 'value');
    expect(new KeyRing([K2], indexKey).blindIndex('purpose', 'value')).toBe(index);
    expect(new KeyRing([K1]).blindIndex('purpose', 'value')).not.toBe(index);
  });

  it('rests look-ups on its oldest key where it has no index key, and names the key that goes on with them', () => {
    const index = new KeyRing([K2, K1]).blindIndex('purpose', 'value');
    expect(new KeyRing([K1]).blindIndex('purpose', 'value')).toBe(index);
    expect(new KeyRing([K2], KeyRing.indexKeyOf(K1.base64)).blindIndex('purpose', 'value')).toBe(index);
  });

  it('tells keys apart without giving them away', () => {
    const ring = new KeyRing([K2, K1]);
    expect(ring.checkValueOf('k1')).toBe(new KeyRing([K1]).checkValueOf('k1'));
    expect(ring.checkValueOf('k1')).not.toBe(ring.checkValueOf('k2'));
    expect(ring.checkValueOf('k3')).toBeNull();
    expect(ring.indexCheckValue).toBe(new KeyRing([K2], KeyRing.indexKeyOf(K1.base64)).indexCheckValue);
    expect(K1.base64).not.toContain(ring.checkValueOf('k1')!);
  });
});
