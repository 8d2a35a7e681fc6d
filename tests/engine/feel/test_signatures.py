"""Every built-in function of the standard is there, under its name and with the names of its parameters."""

import pytest

from engine.feel import registry

STANDARD = """
number(from, grouping separator, decimal separator); string(from); not(negand)
date(from); date(year, month, day); date and time(from); date and time(date, time)
time(from); time(hour, minute, second, offset); duration(from); years and months duration(from, to)
substring(string, start position, length); string length(string); upper case(string); lower case(string)
substring before(string, match); substring after(string, match); contains(string, match)
starts with(string, match); ends with(string, match); split(string, delimiter); string join(list, delimiter)
replace(input, pattern, replacement, flags); matches(input, pattern, flags)
list contains(list, element); count(list); min(list); max(list); sum(list); mean(list); all(list); any(list)
sublist(list, start position, length); append(list, item); concatenate(list); insert before(list, position, newItem)
remove(list, position); list replace(list, position, newItem); list replace(list, match, newItem); reverse(list)
index of(list, match); union(list); distinct values(list); flatten(list); product(list); median(list); stddev(list)
mode(list); sort(list, precedes)
decimal(n, scale); floor(n, scale); ceiling(n, scale); round up(n, scale); round down(n, scale)
round half up(n, scale); round half down(n, scale); abs(n); modulo(dividend, divisor)
sqrt(number); log(number); exp(number); odd(number); even(number)
is(value1, value2); get value(m, key); get entries(m); context(entries); context put(context, key, value)
context put(context, keys, value); context merge(contexts); now(); today(); range(from)
day of year(date); day of week(date); month of year(date); week of year(date)
before(point1, point2); before(point, range); before(range, point); before(range1, range2)
after(point1, point2); after(point, range); after(range, point); after(range1, range2)
meets(range1, range2); met by(range1, range2); overlaps(range1, range2); overlaps before(range1, range2)
overlaps after(range1, range2); finishes(point, range); finishes(range1, range2); finished by(range, point)
finished by(range1, range2); includes(range, point); includes(range1, range2); during(point, range)
during(range1, range2); starts(point, range); starts(range1, range2); started by(range, point)
started by(range1, range2); coincides(point1, point2); coincides(range1, range2)
"""
SIGNATURES = [part.strip() for part in STANDARD.replace("\n", ";").split(";") if part.strip()]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_function_has_the_parameters_of_the_standard(signature):
    name, _, rest = signature.partition("(")
    parameters = [part for part in rest.removesuffix(")").split(", ") if part]

    overloads = registry.BUILTINS[name].overloads

    assert parameters in [[argument.name for argument in overload.arguments] for overload in overloads]
