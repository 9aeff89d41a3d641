import { debug } from './driver';

const VALUES = [
  'date(2024, 2, 29)',
  'datetime(2024, 1, 2)',
  'datetime(2024, 1, 2, 3, 4, 5)',
  'datetime(2024, 1, 2, 3, 4, 0, 6)',
  'datetime(2024, 1, 2, 3, 4, tzinfo=timezone.utc)',
  "datetime(2024, 1, 2, 3, 4, fold=1, tzinfo=timezone(timedelta(hours=2), 'EET'))",
  'time(12, 30)',
  'time(12, 30, 1, 5, timezone(timedelta(hours=-1)))',
  'time(1, 2, 3, fold=1)',
  'timedelta(0)',
  'timedelta(days=-1, seconds=2, microseconds=3)',
  "Decimal('19.90')",
  "Decimal('-0')",
  "Decimal('0.00')",
  "Decimal('1E+5')",
  "Decimal('-123E-20')",
  "Decimal('0.000001')",
  "Decimal('1.5E-7')",
  "Decimal('Infinity')",
  "Decimal('-sNaN12')",
  "Decimal('NaN')",
  'Decimal(7) ** 60',
  'Decimal(10) ** 19',
];

test('dates, times and decimals show as their own repr, and compute in the past', async () => {
  const session = await debug(
    `
    from datetime import date, datetime, time, timedelta, timezone
    from decimal import Decimal

    values = [${VALUES.join(', ')}]
    day = date(2024, 2, 29)
    texts = list(map(repr, values))     #@ here
    day = None
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  await session.go('next');
  const [values, texts] = await Promise.all(
    ['values', 'texts'].map(async (name) =>
      (await session.children(await session.variable(name))).filter((child) =>
        /^\d+$/.test(String(child['name'])),
      ),
    ),
  );

  expect(texts).toHaveLength(VALUES.length);
  expect(values!.map(({ value }) => `'${String(value)}'`.replace(/^'(.*'.*)'$/, '"$1"'))).toEqual(
    texts!.map(({ value }) => value),
  );
  await session.go('next');
  await session.go('stepBack');
  expect(await session.evaluate('(day + timedelta(days=1)).isoformat()')).toBe("'2024-03-01'");
  expect(await session.evaluate('day.year, str(values[11] * 2)')).toBe("(2024, '39.80')");
});
