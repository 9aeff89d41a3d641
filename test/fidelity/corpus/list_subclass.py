# Subclasses of list with attributes and overridden methods.
class Stack(list):
    pushes = 0

    def push(self, item):
        self.append(item)
        self.pushes += 1
        return self

    def __setitem__(self, index, value):
        super().__setitem__(index, ('set', value))


class Logged(Stack):
    __slots__ = ('log',)

    def append(self, item):
        try:
            self.log.append(item)
        except AttributeError:
            self.log = [item]
        list.append(self, item)


stack = Stack([1, 2])
stack.push(3).push(4)
stack.name = 'tower'
stack[0] = 'zero'
stack += [5]
stack.extend(stack)
stack.sort(key=str)
part = stack[1:3]
logged = Logged()
logged.push('a')
logged.push(logged)
logged.extend('bc')
del logged[0]
logged.log.clear()
del logged.log
del stack.pushes
stack.clear()
pair = [Stack(), Stack()]
pair[0].other = pair[1]
pair[1].other = pair[0]
pair.reverse()
