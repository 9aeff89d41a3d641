# needs jinja2
# states every 25
"""Templates with inheritance, macros, filters and an error."""

import jinja2

SOURCES = {
    'base': '<title>{% block title %}none{% endblock %}</title>{% block body %}{% endblock %}',
    'list': '{% extends "base" %}{% import "macros" as m %}{% block title %}{{ title|upper }}{% endblock %}'
            '{% block body %}{% for row in rows if row.price %}{{ loop.index }}. {{ m.line(row) }}{% else %}empty{% endfor %}'
            '{{ rows|sum(attribute="price") }}{% endblock %}',
    'macros': '{% macro line(row) %}{{ row.name|e }}: {{ "%.2f"|format(row.price) }};{% endmacro %}',
    'broken': '{{ 1 / zero }}',
}


def render(name, **values):
    environment = jinja2.Environment(loader=jinja2.DictLoader(SOURCES), undefined=jinja2.StrictUndefined)
    environment.filters['twice'] = lambda text: text * 2
    try:
        return environment.get_template(name).render(**values)
    except Exception as error:
        return '%s: %s' % (type(error).__name__, error)


rows = [{'name': 'tea & milk', 'price': 2.5}, {'name': 'air', 'price': 0}, {'name': 'bun', 'price': 1}]
pages = [render('list', title='menu', rows=rows), render('list', title='', rows=[]), render('broken', zero=0)]
pages.append(render('list', title='no rows'))
pages.append(jinja2.Template('{% set ns = namespace(n=0) %}{% for i in r %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}').render(r=[1, 2]))
print('\n'.join(pages))
