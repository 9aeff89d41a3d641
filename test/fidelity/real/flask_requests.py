# needs flask
# states every 60
"""A small Flask application, asked through its test client."""

import flask


def make():
    app = flask.Flask('shop')
    stock = {'apple': 3, 'pear': 0}

    @app.route('/stock/<name>')
    def show(name):
        if name not in stock:
            flask.abort(404)
        return flask.jsonify(name=name, left=stock[name])

    @app.route('/buy', methods=['POST'])
    def buy():
        wanted = flask.request.get_json()
        for name, count in wanted.items():
            if stock.get(name, 0) < count:
                return {'missing': name}, 409
            stock[name] -= count
        return {'left': stock}

    @app.route('/page')
    def page():
        return flask.render_template_string(
            '{% for name, left in stock.items() %}<li>{{ name }}: {{ left }}{% endfor %}', stock=stock)

    @app.errorhandler(404)
    def missing(error):
        return {'error': error.code}, 404

    return app, stock


def visit():
    app, stock = make()
    answers = []
    with app.test_client() as client:
        for request in (
            lambda: client.get('/stock/apple'), lambda: client.post('/buy', json={'apple': 2}),
            lambda: client.post('/buy', json={'pear': 1}), lambda: client.get('/stock/plum'), lambda: client.get('/page'),
        ):
            response = request()
            answers.append((response.status_code, response.get_data(as_text=True).strip()))
    return answers, stock


answers, left = visit()
for status, text in answers:
    print(status, text)
print(left)
