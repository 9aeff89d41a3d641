/** Dates, times and decimals, as their own `repr` would write them. */

import type { Contents, Value } from '../trace/trace';
import type { Look, Part, StandardText } from './standard-texts';

/** Undefined for all others, and where the recording leaves a part out. */
export function calendarText(contents: Contents, look: Look): StandardText | undefined {
  switch (`${contents.typeModule}.${contents.typeName}`) {
    case 'datetime.date':
      return text(contents, positional(contents, 'year', 'month', 'day'));
    case 'datetime.datetime': {
      const day = positional(contents, 'year', 'month', 'day', 'hour', 'minute');
      return text(contents, day.concat(seconds(contents), zone(contents)));
    }
    case 'datetime.time':
      return text(contents, positional(contents, 'hour', 'minute').concat(seconds(contents), zone(contents)));
    case 'datetime.timedelta': {
      const parts = ['days', 'seconds', 'microseconds'].flatMap((name) => named(contents, name));
      return text(contents, parts.length > 0 ? parts : [{ value: { kind: 'int', value: 0n } }]);
    }
    case 'zoneinfo.ZoneInfo':
      return text(contents, [{ name: 'key', value: value(contents, 'key') }]);
    case 'datetime.timezone':
      return timezoneText(contents, look);
    case 'decimal.Decimal': {
      const number = decimalText(contents);
      return number === undefined
        ? undefined
        : { before: 'Decimal(', parts: [{ value: { kind: 'str', value: number } }], after: ')' };
    }
    default:
      return undefined;
  }
}

function timezoneText(contents: Contents, look: Look): StandardText | undefined {
  const [offset, name] = [value(contents, 'offset'), value(contents, 'name')];
  if (name.kind !== 'none') {
    return text(contents, [{ value: offset }, { value: name }]);
  }
  const difference = offset.kind === 'object' ? look(offset.object) : undefined;
  const isUtc = difference?.attributes.every((attribute) => isZero(attribute.value)) ?? false;
  return isUtc
    ? { before: 'datetime.timezone.utc', parts: [], after: '' }
    : text(contents, [{ value: offset }]);
}

function text({ typeModule, typeName }: Contents, parts: readonly Part[]): StandardText | undefined {
  const isWhole = parts.every((part) => part.value.kind !== 'unbound');
  return isWhole ? { before: `${typeModule}.${typeName}(`, parts, after: ')' } : undefined;
}

function value({ attributes }: Contents, name: string): Value {
  return attributes.find((attribute) => attribute.name === name)?.value ?? { kind: 'unbound' };
}

function positional(contents: Contents, ...names: readonly string[]): Part[] {
  return names.map((name) => ({ value: value(contents, name) }));
}

/** Seconds and microseconds stand there only when one of what follows isn't zero. */
function seconds(contents: Contents): Part[] {
  if (!isZero(value(contents, 'microsecond'))) {
    return positional(contents, 'second', 'microsecond');
  }
  return isZero(value(contents, 'second')) ? [] : positional(contents, 'second');
}

function zone(contents: Contents): Part[] {
  const tzinfo = value(contents, 'tzinfo');
  return [...named(contents, 'fold'), ...(tzinfo.kind === 'none' ? [] : [{ name: 'tzinfo', value: tzinfo }])];
}

/** `name=value`, but not for a zero. */
function named(contents: Contents, name: string): Part[] {
  const found = value(contents, name);
  return isZero(found) ? [] : [{ name, value: found }];
}

function isZero(value: Value): boolean {
  return value.kind === 'int' && Number(value.value) === 0;
}

const SPECIAL: Readonly<Record<string, string>> = { F: 'Infinity', n: 'NaN', N: 'sNaN' };

/** The decimal as a text: `1.50`, `-1E+5`, `NaN`. */
function decimalText(contents: Contents): string | undefined {
  const [sign, digits, exponent] = ['sign', 'digits', 'exponent'].map((name) => value(contents, name));
  if (sign?.kind !== 'int' || digits?.kind !== 'str') {
    return undefined;
  }
  const minus = isZero(sign) ? '' : '-';
  if (exponent?.kind === 'str') {
    return `${minus}${SPECIAL[exponent.value] ?? ''}${exponent.value === 'F' ? '' : digits.value}`;
  }
  return exponent?.kind === 'int' ? minus + scientific(digits.value, Number(exponent.value)) : undefined;
}

/** As the decimal arithmetic's "to-scientific-string" has it: https://speleotrove.com/decimal/daconvs.html */
function scientific(digits: string, exponent: number): string {
  const adjusted = exponent + digits.length - 1;
  if (exponent > 0 || adjusted < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${digits.slice(0, 1)}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }
  if (exponent === 0) {
    return digits;
  }
  const padded = digits.padStart(1 - exponent, '0');
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
