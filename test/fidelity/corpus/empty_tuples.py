# Up to 3.10, an empty tuple that is made from an iterator is not the one that () is.
literal = ()
made = tuple(map(str, literal))
again = tuple(each for each in literal)
pair = [made, made, again, literal]
by_tuple = {made: 'first', (made, again): pair}
part = (1, 2)[2:]


def call(*rest):
    key = tuple(map(id, rest)), rest
    return key


keys = [call(), call(1)[1:], call(*made)]
done = True
