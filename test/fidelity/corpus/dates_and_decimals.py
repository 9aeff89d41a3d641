"""Dates, times and decimals: values whose data lies in C, alone, in containers, as keys, of classes derived from them."""

import copy
import decimal
import pickle
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

try:
    import zoneinfo
    zoneinfo.ZoneInfo('Europe/Berlin')
except Exception:
    zoneinfo = None


class Stamp(datetime):
    """A date with an attribute of its own."""


class Money(Decimal):
    __slots__ = ('currency',)

    def plus(self, other):
        total = Money(self + other)
        total.currency = self.currency
        return total


class Summer(tzinfo):
    def utcoffset(self, moment):
        return timedelta(hours=2)

    def dst(self, moment):
        return timedelta(hours=1)

    def tzname(self, moment):
        return 'SUMMER'


def calendar():
    day = date(2024, 2, 28)
    days = [day]
    for _ in range(3):
        day += timedelta(days=1)
        days.append(day)
    by_day = {d: d.strftime('%a') for d in days}
    by_day[date(2024, 3, 1)] = 'again'
    return by_day


def moments():
    start = datetime(2024, 12, 31, 23, 59, 59, 999999)
    later = start + timedelta(microseconds=1)
    aware = later.replace(tzinfo=timezone.utc)
    east = aware.astimezone(timezone(timedelta(hours=5, minutes=30), 'IST'))
    summer = datetime(2024, 7, 1, tzinfo=Summer())
    folded = later.replace(fold=1)
    clock = time(12, 30, tzinfo=timezone.utc)
    folded_clock = time(1, 30, fold=1)
    shared = [east, east, summer.tzinfo]
    return start, later, aware, east, summer, folded, clock, folded_clock, shared, aware - east


def zones():
    """Where the system has them."""
    if zoneinfo is None:
        return []
    zone = zoneinfo.ZoneInfo('Europe/Berlin')
    before = datetime(2024, 3, 31, 1, 30, tzinfo=zone)
    after = before + timedelta(hours=1)
    return [before, after, after.astimezone(timezone.utc), time(3, tzinfo=zone), {before: 'before'}]


def extremes():
    values = [date.min, date.max, datetime.min, datetime.max, time.min, time.max, timedelta.min, timedelta.max]
    values.append(timezone(timedelta(hours=-23, minutes=-59)))
    values.append(timedelta(days=-1, seconds=5))
    return values


def numbers():
    price = Decimal('19.90')
    total = price * 3
    exact = Decimal(1) / Decimal(7)
    odd = [Decimal('NaN'), Decimal('sNaN123'), Decimal('-Infinity'), Decimal('-0'), Decimal('0E+5'), Decimal('1E-400')]
    long = Decimal(7) ** 300
    with decimal.localcontext() as context:
        context.prec = 60
        precise = Decimal(2).sqrt()
        huge = Decimal(10) ** 19 + 1
        words = [Decimal(10 ** 18), Decimal(10 ** 19 - 1), Decimal(10 ** 19), Decimal(10 ** 38 + 5)]
    table = {Decimal('1.0'): 'one', Decimal('2'): 'two'}
    table[1] = 'still one'
    return price, total, exact, odd, long, precise, huge, words, table


def derived():
    stamp = Stamp(2020, 1, 2, 3, 4, 5)
    stamp.label = 'first'
    other = copy.copy(stamp)
    other.label = 'second'
    cash = Money('12.50')
    cash.currency = 'EUR'
    more = cash.plus(Decimal('0.25'))
    again = pickle.loads(pickle.dumps((date(2001, 2, 3), Decimal('4.5'), timedelta(1, 2, 3))))
    return stamp, other, cash, more, again


def main():
    found = [calendar(), moments(), extremes(), numbers(), derived(), zones()]
    by_type = {type(value).__name__: value for group in found[1:3] for value in group}
    print(len(found), sorted(by_type))


main()
